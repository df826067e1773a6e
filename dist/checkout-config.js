export { t as readCheckoutConfig } from "./checkout-config2.js";

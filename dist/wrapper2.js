import { t as import_websocket } from "./wrapper.js";
var WebSocket = import_websocket.default;
export { WebSocket };

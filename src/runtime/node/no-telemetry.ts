/**
 * ONNX Runtime 1.30 keeps a device id and a database of its use in the user's cache folder, for upload, unless this variable stands before the library is
 * loaded. It must be imported before `onnxruntime-node`; a user's own setting is left as it is. Worker threads share the environment of the process.
 */
process.env.ORT_DISABLE_TELEMETRY ??= '1';

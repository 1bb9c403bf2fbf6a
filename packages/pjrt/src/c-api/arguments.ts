/**
 * The argument structs of the functions that this client calls, field by field in the header's order (xla/pjrt/c/pjrt_c_api.h). Each begins with
 * `size_t struct_size; PJRT_Extension_Base* extension_start`; what follows is here. Offsets come from C's rules of alignment, so a field is
 * named, never counted.
 */
import type { Fields } from "./struct.ts";

const pointer = "pointer";
const size = "size";
const int32 = "int32";
const int64 = "int64";
const bool = "bool";

export const argumentFields = {
  Error_Destroy: { error: pointer },
  Error_Message: { error: pointer, message: pointer, messageSize: size },
  Error_GetCode: { error: pointer, code: int32 },

  Plugin_Initialize: {},

  Event_Destroy: { event: pointer },
  Event_Await: { event: pointer },

  Client_Create: {
    options: pointer,
    optionCount: size,
    keyValueGet: pointer,
    keyValueGetArgument: pointer,
    keyValuePut: pointer,
    keyValuePutArgument: pointer,
    client: pointer,
  },
  Client_Destroy: { client: pointer },
  Client_PlatformName: { client: pointer, name: pointer, nameSize: size },
  Client_PlatformVersion: { client: pointer, version: pointer, versionSize: size },
  Client_AddressableDevices: { client: pointer, devices: pointer, deviceCount: size },
  Client_Compile: {
    client: pointer,
    program: pointer,
    options: pointer,
    optionsSize: size,
    executable: pointer,
  },
  Client_BufferFromHostBuffer: {
    client: pointer,
    data: pointer,
    type: int32,
    dimensions: pointer,
    dimensionCount: size,
    byteStrides: pointer,
    byteStrideCount: size,
    semantics: int32,
    device: pointer,
    memory: pointer,
    layout: pointer,
    doneWithHostBuffer: pointer,
    buffer: pointer,
  },

  Device_GetDescription: { device: pointer, description: pointer },
  Device_LocalHardwareId: { device: pointer, id: int32 },
  Device_MemoryStats: {
    device: pointer,
    bytesInUse: int64,
    peakBytesInUse: int64,
    peakBytesInUseIsSet: bool,
    allocations: int64,
    allocationsIsSet: bool,
    largestAllocation: int64,
    largestAllocationIsSet: bool,
    bytesLimit: int64,
    bytesLimitIsSet: bool,
    // Nine more statistics follow, which nobody here asks for; the spare bytes of every struct hold them.
  },
  DeviceDescription_Id: { description: pointer, id: int32 },
  DeviceDescription_Kind: { description: pointer, kind: pointer, kindSize: size },

  Executable_Destroy: { executable: pointer },
  Executable_NumOutputs: { executable: pointer, outputCount: size },
  Executable_SizeOfGeneratedCodeInBytes: { executable: pointer, sizeInBytes: int64 },
  LoadedExecutable_Destroy: { executable: pointer },
  LoadedExecutable_GetExecutable: { loaded: pointer, executable: pointer },
  LoadedExecutable_AddressableDevices: { executable: pointer, devices: pointer, deviceCount: size },
  LoadedExecutable_Execute: {
    executable: pointer,
    options: pointer,
    argumentLists: pointer,
    deviceCount: size,
    argumentCount: size,
    outputLists: pointer,
    completeEvents: pointer,
    executeDevice: pointer,
  },

  Buffer_Destroy: { buffer: pointer },
  Buffer_ElementType: { buffer: pointer, type: int32 },
  Buffer_Dimensions: { buffer: pointer, dimensions: pointer, dimensionCount: size },
  Buffer_OnDeviceSizeInBytes: { buffer: pointer, sizeInBytes: size },
  Buffer_CopyToDevice: { buffer: pointer, device: pointer, copy: pointer },
  Buffer_ReadyEvent: { buffer: pointer, event: pointer },
  Buffer_ToHostBuffer: {
    source: pointer,
    layout: pointer,
    destination: pointer,
    destinationSize: size,
    event: pointer,
  },
} as const satisfies Record<string, Fields>;

/** A function that this client calls. */
export type FunctionName = keyof typeof argumentFields;

/** `PJRT_Program`: what is compiled. */
export const programFields = {
  code: pointer,
  codeSize: size,
  format: pointer,
  formatSize: size,
} as const satisfies Fields;

/** `PJRT_ExecuteOptions`: all zero but for its size. */
export const executeOptionsFields = {
  sendCallbacks: pointer,
  receiveCallbacks: pointer,
  sendCount: size,
  receiveCount: size,
  launchId: int32,
} as const satisfies Fields;

/** `PJRT_NamedValue`, with the union's 8 bytes as a pointer. The elements of a list of them follow one another, so nothing may be spare. */
export const namedValueFields = {
  name: pointer,
  nameSize: size,
  type: int32,
  value: pointer,
  valueSize: size,
} as const satisfies Fields;

// Numbers in and out of bytes, little-endian, one after the other. The reader refuses to read past the end.

export type Writer = { readonly view: DataView; at: number };

export function createWriter(size: number): Writer {
  return { view: new DataView(new ArrayBuffer(size)), at: 0 };
}

export function putUint8(writer: Writer, value: number): void {
  writer.view.setUint8(writer.at, value);
  writer.at += 1;
}

export function putUint16(writer: Writer, value: number): void {
  writer.view.setUint16(writer.at, value, true);
  writer.at += 2;
}

export function putUint32(writer: Writer, value: number): void {
  writer.view.setUint32(writer.at, value, true);
  writer.at += 4;
}

export function putFloat32(writer: Writer, value: number): void {
  writer.view.setFloat32(writer.at, value, true);
  writer.at += 4;
}

export function putFloat64(writer: Writer, value: number): void {
  writer.view.setFloat64(writer.at, value, true);
  writer.at += 8;
}

export function putBytes(writer: Writer, bytes: Uint8Array): void {
  new Uint8Array(writer.view.buffer).set(bytes, writer.at);
  writer.at += bytes.length;
}

export type Reader = { readonly view: DataView; at: number };

export function createReader(bytes: Uint8Array): Reader {
  return { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), at: 0 };
}

export function takeUint8(reader: Reader): number {
  reader.at += 1;
  return reader.view.getUint8(reader.at - 1);
}

export function takeUint16(reader: Reader): number {
  reader.at += 2;
  return reader.view.getUint16(reader.at - 2, true);
}

export function takeUint32(reader: Reader): number {
  reader.at += 4;
  return reader.view.getUint32(reader.at - 4, true);
}

export function takeFloat32(reader: Reader): number {
  reader.at += 4;
  return reader.view.getFloat32(reader.at - 4, true);
}

export function takeFloat64(reader: Reader): number {
  reader.at += 8;
  return reader.view.getFloat64(reader.at - 8, true);
}

export function takeBytes(reader: Reader, length: number): Uint8Array {
  const { buffer, byteOffset } = reader.view;
  const bytes = new Uint8Array(buffer, byteOffset + reader.at, length);
  reader.at += length;
  return bytes;
}

package io.github.batchexports.protocol.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Eight bytes of an array as one number, the first of them lowest. */
final class EightBytes {

    private static final VarHandle VIEW = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private EightBytes() {}

    static long at(byte[] bytes, int start) {
        return (long) VIEW.get(bytes, start);
    }

    /** The same for fewer than eight, with zeros in place of the others. */
    static long at(byte[] bytes, int start, int length) {
        if (start + Long.BYTES <= bytes.length) {
            return at(bytes, start) & ((1L << (length * Byte.SIZE)) - 1);
        }
        long value = 0;
        for (int i = start + length - 1; i >= start; i--) {
            value = (value << Byte.SIZE) | (bytes[i] & 0xFF);
        }
        return value;
    }
}

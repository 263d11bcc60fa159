package org.thalweg.checkpoint.safetensors;

import org.thalweg.checkpoint.format.Entry;

/**
 * A tensor and its place in the buffer.
 *
 * @param entry name, type and shape
 * @param begin position of its first byte
 * @param end position after its last byte
 */
record Block(Entry entry, long begin, long end) {}

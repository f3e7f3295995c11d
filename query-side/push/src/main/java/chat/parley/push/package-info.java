/**
 * The push tier: sockets, fan-out, presence and resume. This package wires the packages {@code session}, {@code presence},
 * {@code fanout} and {@code socket}, each of which knows only those after it.
 */
@NullMarked
package chat.parley.push;

import org.jspecify.annotations.NullMarked;

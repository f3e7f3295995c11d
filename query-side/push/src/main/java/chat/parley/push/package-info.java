/**
 * The push tier: sockets, fan-out, presence and resume. This package wires the packages {@code replay},
 * {@code session}, {@code presence}, {@code fanout}, {@code event} and {@code socket}. Each of them depends only on those after it in this list.
 */
@NullMarked
package chat.parley.push;

import org.jspecify.annotations.NullMarked;

/**
 * Does it hold for long? A gateway under steady load with faults, looked at every ten seconds from outside: {@code mvn -q
 * -Psoak verify -Dminutes=30}. Nothing that is not freed hides for that long.
 */
@NullMarked
package dev.sluice.gateway.soak;

import org.jspecify.annotations.NullMarked;

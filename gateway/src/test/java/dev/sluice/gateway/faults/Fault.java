package dev.sluice.gateway.faults;

/** What is killed with -9. */
enum Fault {
    GATEWAY,
    POSTGRES
}

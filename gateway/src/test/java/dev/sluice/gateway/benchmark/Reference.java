package dev.sluice.gateway.benchmark;

/** What a reference server does with a webhook before it answers 200. */
enum Reference {
    /** Joins the body. */
    BARE,
    /** Checks the signature and normalises, too. */
    VERIFY,
    /** Writes it with one INSERT of its own, too: what people write by hand. */
    INSERT
}

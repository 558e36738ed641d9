package dev.sluice.persistence.token;

import dev.sluice.persistence.secret.SealedColumn;

/** Where tokens are, for those who change keys. */
public final class SealedTokens {
    /** The column {@code sealed}. */
    public static final SealedColumn COLUMN = new SealedColumn(
            "provider_token",
            """
            SELECT instance_id AS id, sealed
              FROM provider_token
             WHERE instance_id > :after AND substring(sealed FOR 5) <> decode(:mark, 'hex')
             ORDER BY instance_id
             LIMIT :limit""",
            "UPDATE provider_token SET sealed = :sealed WHERE instance_id = :id AND sealed = :former",
            TokenRow.OWNER);

    private SealedTokens() {}
}

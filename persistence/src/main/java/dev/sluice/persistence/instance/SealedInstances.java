package dev.sluice.persistence.instance;

import dev.sluice.persistence.secret.SealedColumn;

/** Where instances' secrets are, for those who change keys. */
public final class SealedInstances {
    /** The column {@code secrets}. */
    public static final SealedColumn COLUMN = new SealedColumn(
            "instance",
            """
            SELECT id, secrets AS sealed
              FROM instance
             WHERE id > :after AND deleted_at IS NULL AND substring(secrets FOR 5) <> decode(:mark, 'hex')
             ORDER BY id
             LIMIT :limit""",
            "UPDATE instance SET secrets = :sealed WHERE id = :id AND secrets = :former",
            SealedSecrets.OWNER);

    private SealedInstances() {}
}

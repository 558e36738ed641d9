package dev.sluice.persistence.notice;

import dev.sluice.persistence.secret.SealedColumn;

/** Where the keys that sign notices are, for those who change keys. */
public final class SealedNoticeKeys {
    /** What stands before the organization's id in the name of what the ciphertext belongs to. */
    static final String OWNER = "notice/";

    /** The column {@code notice_key}. */
    public static final SealedColumn COLUMN = new SealedColumn(
            "organization",
            """
            SELECT id, notice_key AS sealed
              FROM organization
             WHERE id > :after AND substring(notice_key FOR 5) <> decode(:mark, 'hex')
             ORDER BY id
             LIMIT :limit""",
            "UPDATE organization SET notice_key = :sealed WHERE id = :id AND notice_key = :former",
            OWNER);

    private SealedNoticeKeys() {}
}

package dev.sluice.persistence.secret;

/**
 * Where ciphertexts are.
 *
 * @param table for messages
 * @param select rows in the order of their ids that another key than the primary one encrypted, as {@code id} and
 *     {@code sealed}; takes {@code after}, {@code mark} (ten hex digits) and {@code limit}
 * @param update replaces one ciphertext; takes {@code id}, {@code sealed} and {@code former}, and does nothing where the
 *     former is not what is there
 * @param owner what stands before the id in the name of what a ciphertext belongs to
 */
public record SealedColumn(String table, String select, String update, String owner) {}

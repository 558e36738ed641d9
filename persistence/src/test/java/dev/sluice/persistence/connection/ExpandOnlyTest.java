package dev.sluice.persistence.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes of the former version go on while a migration runs, and after it: none takes away or narrows what they use. */
final class ExpandOnlyTest {
    private static final Path MIGRATIONS = Path.of("src", "main", "resources", "db", "migration");
    private static final Pattern COMMENT = Pattern.compile("--[^\n]*");
    private static final Pattern TAKES_AWAY = Pattern.compile(
            "DROP (TABLE|COLUMN|VIEW|FUNCTION|TYPE|SCHEMA)|RENAME|TRUNCATE|ALTER COLUMN \\w+ (SET DATA )?TYPE"
                    + "|SET NOT NULL|ADD COLUMN (?:(?!ADD COLUMN|DEFAULT|;).)*NOT NULL(?! DEFAULT)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    @Test
    void noMigrationTakesAwayWhatTheFormerVersionUses() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(MIGRATIONS)) {
            for (Path file : files.sorted().toList()) {
                takenAwayBy(Files.readString(file)).forEach(what -> found.add(file.getFileName() + ": " + what));
            }
        }

        assertThat(found).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE endpoint DROP COLUMN url;",
                "DROP TABLE notice;",
                "ALTER TABLE endpoint RENAME COLUMN url TO address;",
                "ALTER TABLE endpoint ALTER COLUMN url TYPE varchar(200);",
                "ALTER TABLE endpoint ALTER COLUMN url SET NOT NULL;",
                "ALTER TABLE endpoint ADD COLUMN one text, ADD COLUMN two text NOT NULL;"
            })
    void isNoticed(String change) {
        assertThat(takenAwayBy(change)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE endpoint ADD COLUMN one text, ADD COLUMN two int NOT NULL DEFAULT 0;",
                "CREATE TABLE notice (id bigint NOT NULL); -- nothing like DROP TABLE notice",
                "DROP INDEX owed_delivery_due;"
            })
    void isNoHarm(String change) {
        assertThat(takenAwayBy(change)).isEmpty();
    }

    private static List<String> takenAwayBy(String migration) {
        return TAKES_AWAY
                .matcher(COMMENT.matcher(migration).replaceAll(""))
                .results()
                .map(match -> match.group().replaceAll("\\s+", " "))
                .collect(Collectors.toList());
    }
}

package dev.sluice.gateway.trouble;

import static dev.sluice.gateway.trouble.Figures.median;

import dev.sluice.persistence.embedded.EmbeddedDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.util.FileSystemUtils;

/** What a claim costs where millions are owed, and where a snapshot is held open. */
@Tag("trouble")
final class ClaimIT {
    private static final Path DIRECTORY = Path.of("target", "trouble-claims").toAbsolutePath();
    private static final int FEW = 5_000;
    private static final int MANY = 5_000_000;
    private static final int CLAIMED = 200;
    private static final int REPETITIONS = 101;
    private static final int HELD_SECONDS = 60;
    private static final int CLAIMS_A_SECOND = 200;
    private static final int LAST_SAMPLES = 20;

    private final Figures figures = new Figures();

    @Test
    void measuresClaims() throws Exception {
        FileSystemUtils.deleteRecursively(DIRECTORY);
        Files.createDirectories(DIRECTORY);
        try (EmbeddedDatabase server = EmbeddedDatabase.start(DIRECTORY.resolve("database"));
                Owing few = Owing.create(server.address(), "few", FEW);
                Owing many = Owing.create(server.address(), "many", MANY)) {
            double usual = compare(few, many);
            holdASnapshot(many, usual);
        }
        System.out.println(figures.write(Path.of("target", "trouble-claims.md")));
        FileSystemUtils.deleteRecursively(DIRECTORY);
    }

    /** Returns the milliseconds of a claim with few owed. */
    private double compare(Owing few, Owing many) {
        List<Double> fewMillis = new ArrayList<>();
        List<Double> manyMillis = new ArrayList<>();
        for (int i = 0; i < REPETITIONS; i++) {
            fewMillis.add(few.claimAndReplace(CLAIMED));
            manyMillis.add(many.claimAndReplace(CLAIMED));
        }
        double usual = median(fewMillis.stream().mapToDouble(Double::doubleValue));
        double much = median(manyMillis.stream().mapToDouble(Double::doubleValue));
        figures.atMost("claim of 200 with 5 million owed ÷ with 5,000", much / usual, 2);
        figures.note("claim of 200: %.2f ms with 5,000 owed, %.2f ms with 5 million", usual, much);
        return usual;
    }

    private void holdASnapshot(Owing many, double usual) {
        List<Double> claims = new ArrayList<>();
        List<Double> looks = new ArrayList<>();
        double lookBefore = many.look();
        int made = 0;
        HeldSnapshot snapshot = new HeldSnapshot(many.address());
        try {
            long since = System.nanoTime();
            for (int second = 1; second <= HELD_SECONDS; second++) {
                long until = since + second * 1_000_000_000L;
                for (int i = 0; i < CLAIMS_A_SECOND && System.nanoTime() < until; i++) {
                    many.claimATurn();
                    made++;
                }
                looks.add(many.look());
                claims.add(many.claimAndReplace(CLAIMED));
                many.awaitNanos(until);
            }
        } finally {
            snapshot.close();
        }
        double late = median(lastOf(claims));
        figures.atMost("the same with a snapshot held for 60 s, at 200 claims/s", late / usual, 3);
        figures.note(
                "with the snapshot held: %d claims/s of 16; claim of 200 in the last 20 s %.2f ms in the median, %.2f ms at "
                        + "most (from the first again); looking for endpoints with due work %.2f ms before, %.2f ms then, "
                        + "%.2f ms at most",
                made / HELD_SECONDS,
                late,
                lastOf(claims).max().orElse(0),
                lookBefore,
                median(lastOf(looks)),
                lastOf(looks).max().orElse(0));
    }

    private static DoubleStream lastOf(List<Double> samples) {
        return samples.subList(samples.size() - LAST_SAMPLES, samples.size()).stream()
                .mapToDouble(Double::doubleValue);
    }
}

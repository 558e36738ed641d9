package dev.sluice.gateway.command;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} says: which build this is, whether it is a jar, and on which Java it runs. */
final class Version implements IVersionProvider {
    private static final String BUILT = "/META-INF/build-info.properties";

    @Override
    public String[] getVersion() throws IOException {
        return new String[] {"sluice " + number() + (isJar() ? "" : ", from classes"), "Java " + Runtime.version()};
    }

    /** As the build wrote it down; an editor that compiles by itself does not. */
    private static String number() throws IOException {
        Properties built = new Properties();
        try (InputStream file = Version.class.getResourceAsStream(BUILT)) {
            if (file != null) {
                built.load(file);
            }
        }
        return built.getProperty("build.version", "of no build");
    }

    private static boolean isJar() {
        URL place = Version.class.getProtectionDomain().getCodeSource().getLocation();
        return !(place.getProtocol().equals("file") && place.getPath().endsWith("/"));
    }
}

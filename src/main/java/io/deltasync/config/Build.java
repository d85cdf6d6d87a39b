package io.deltasync.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * The version and the commit from which this program was built.
 */
public final class Build {

	private Build() {
	}

	/**
	 * Describes the build.
	 * @return for example {@code DeltaSync 1.0.0 (commit 0123abc)}; without the commit if
	 * it was not built in a git repository
	 */
	public static String version() {
		return version(read("build-info.properties"), read("git.properties"));
	}

	static String version(Properties build, Properties git) {
		String version = "DeltaSync " + build.getProperty("build.version", "(not packaged)");
		String commit = git.getProperty("git.commit.id.abbrev");
		if (commit == null) {
			return version;
		}
		boolean changed = Boolean.parseBoolean(git.getProperty("git.dirty"));
		return "%s (commit %s%s)".formatted(version, commit, changed ? ", with changes" : "");
	}

	private static Properties read(String name) {
		Properties properties = new Properties();
		try (InputStream stream = Build.class.getResourceAsStream("/io/deltasync/" + name)) {
			if (stream != null) {
				properties.load(stream);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return properties;
	}

}

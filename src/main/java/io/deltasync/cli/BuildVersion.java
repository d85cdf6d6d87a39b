package io.deltasync.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

import picocli.CommandLine.IVersionProvider;

/**
 * The version and the commit from which this program was built. The commit is missing if
 * it was not built in a git repository.
 */
class BuildVersion implements IVersionProvider {

	@Override
	public String[] getVersion() {
		return new String[] { text(read("build-info.properties"), read("git.properties")) };
	}

	static String text(Properties build, Properties git) {
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
		try (InputStream stream = BuildVersion.class.getResourceAsStream("/io/deltasync/" + name)) {
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

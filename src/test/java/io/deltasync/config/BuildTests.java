package io.deltasync.config;

import java.util.Map;
import java.util.Properties;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BuildTests {

	private final Properties build = properties(Map.of("build.version", "1.2.3"));

	@Test
	void versionNamesTheCommit() {
		assertThat(
				Build.version(this.build, properties(Map.of("git.commit.id.abbrev", "abc1234", "git.dirty", "false"))))
			.isEqualTo("DeltaSync 1.2.3 (commit abc1234)");
	}

	@Test
	void versionShowsUncommittedChanges() {
		assertThat(
				Build.version(this.build, properties(Map.of("git.commit.id.abbrev", "abc1234", "git.dirty", "true"))))
			.isEqualTo("DeltaSync 1.2.3 (commit abc1234, with changes)");
	}

	@Test
	void versionHasNoCommitWhenBuiltOutsideAGitRepository() {
		assertThat(Build.version(this.build, new Properties())).isEqualTo("DeltaSync 1.2.3");
	}

	@Test
	void classesNotBuiltByMavenHaveNoVersion() {
		assertThat(Build.version(new Properties(), new Properties())).isEqualTo("DeltaSync (not packaged)");
	}

	private static Properties properties(Map<String, String> values) {
		Properties properties = new Properties();
		properties.putAll(values);
		return properties;
	}

}

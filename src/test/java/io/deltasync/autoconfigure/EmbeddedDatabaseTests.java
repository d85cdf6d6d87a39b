package io.deltasync.autoconfigure;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

class EmbeddedDatabaseTests {

	@TempDir
	private Path directory;

	@Test
	void lockedFileIsOpenedByItsFirstUserOnly() {
		String url = "jdbc:h2:file:" + this.directory.resolve("locked") + ";WRITE_DELAY=0";
		assertThat(isOpenedHere(url, url)).isTrue();
		assertThat(isOpenedHere(url, url)).isFalse();
	}

	@Test
	void sharedDatabaseIsNotOpenedHere() {
		String file = "jdbc:h2:file:" + this.directory.resolve("shared");
		assertThat(isOpenedHere(file + ";AUTO_SERVER=TRUE", file + ";AUTO_SERVER=TRUE")).isFalse();
		assertThat(isOpenedHere(file + ";FILE_LOCK=NO", file + ";file_lock=no")).isFalse();
		assertThat(isOpenedHere("jdbc:h2:mem:shared", "jdbc:h2:mem:shared")).isFalse();
	}

	@Test
	void databaseOfAnotherUrlIsNotOpenedHere() {
		String url = "jdbc:h2:file:" + this.directory.resolve("own");
		assertThat(isOpenedHere(url, null)).isFalse();
		assertThat(isOpenedHere(url, "jdbc:h2:file:./data/deltasync")).isFalse();
	}

	private static boolean isOpenedHere(String url, String configured) {
		return EmbeddedDatabase.isOpenedHere(new JdbcTemplate(new DriverManagerDataSource(url, "sa", "")), configured);
	}

}

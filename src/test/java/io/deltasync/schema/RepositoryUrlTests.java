package io.deltasync.schema;

import io.deltasync.config.LaunchException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RepositoryUrlTests {

	@ParameterizedTest
	@CsvSource({ "jdbc:mysql://me:s3@cret@host/db, jdbc:mysql://***@host/db",
			"jdbc:mysql://me:s3/cret@host/db, jdbc:mysql://***@host/db",
			"jdbc:mysql://me:s3?cret@host/db, jdbc:mysql://***@host/db",
			"jdbc:mysql://me:s3%cret@host/db, jdbc:mysql://***@host/db",
			"jdbc:mariadb://me:s3@cret@host/db, jdbc:mariadb://***@host/db",
			"jdbc:nobody://host/db?password=s3cret, jdbc:nobody://host/db?password=***" })
	void whatNoDriverCanReadIsShownWithoutItsSecrets(String url, String shown) {
		assertThat(new RepositoryUrl(url, null).problem()).hasNoCause()
			.hasMessage("spring.datasource.url is '%s', which no JDBC driver on the class path understands", shown)
			.extracting(LaunchException::getExitCode)
			.isEqualTo(4);
	}

	@Test
	void passwordFromTheSettingsIsHiddenInTheUrl() {
		assertThat(new RepositoryUrl("jdbc:nobody://host/s3cret", "s3cret").problem())
			.hasMessageContaining("'jdbc:nobody://host/***'");
	}

	@Test
	void reasonOfTheDriverIsQuotedIfTheUrlHasNoSecrets() {
		assertThat(new RepositoryUrl("jdbc:mysql://host:port/db", null).problem())
			.hasMessageContaining("'jdbc:mysql://host:port/db'")
			.hasMessageContaining("Failed to parse the host:port pair 'host:port'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "jdbc:mysql://127.0.0.1:1/away", "jdbc:mysql://me:s3cret@nowhere.invalid/db",
			"jdbc:mariadb://127.0.0.1:1/away", "jdbc:h2:file:./no/such;NONSENSE=3" })
	void unreachableDatabaseIsNoProblemOfTheUrl(String url) {
		assertThat(new RepositoryUrl(url, null).problem()).isNull();
	}

	@Test
	void unknownUrlOfAnApplicationsDataSourceIsNotChecked() {
		assertThat(new RepositoryUrl(null, null).problem()).isNull();
	}

}

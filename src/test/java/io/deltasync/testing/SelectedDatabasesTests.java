package io.deltasync.testing;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SelectedDatabasesTests {

	@Test
	void allSupportedDatabasesAreSelectedUnlessOneIsNamed() {
		assertThat(SelectedDatabases.select("")).containsExactly(TestDatabase.H2, TestDatabase.MARIADB,
				TestDatabase.MYSQL, TestDatabase.POSTGRESQL);
		assertThat(SelectedDatabases.select("", TestDatabase.POSTGRESQL_OLDEST))
			.containsExactly(TestDatabase.POSTGRESQL_OLDEST);
		assertThat(SelectedDatabases.select("", TestDatabase.MYSQL)).containsExactly(TestDatabase.MYSQL);
	}

	@Test
	void onlyTheNamedDatabaseIsSelectedIfItIsSupported() {
		assertThat(SelectedDatabases.select("h2")).containsExactly(TestDatabase.H2);
		assertThat(SelectedDatabases.select("MariaDb")).containsExactly(TestDatabase.MARIADB);
		assertThat(SelectedDatabases.select("mariadb", TestDatabase.H2, TestDatabase.MYSQL)).isEmpty();
	}

	@Test
	void unknownNameIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> SelectedDatabases.select("oracle"))
			.withMessageContaining("ORACLE");
	}

}

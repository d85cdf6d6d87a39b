package io.deltasync.jdbc;

import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.Nested;

class MariaDbJdbcAdapterIT {

	@Nested
	class Source extends JdbcSourceContract {

		Source() {
			super(TestDatabase.MARIADB, new MariaDbDialect());
		}

	}

	@Nested
	class Delta extends JdbcDeltaContract {

		Delta() {
			super(TestDatabase.MARIADB, new MariaDbDialect());
		}

	}

	@Nested
	class Target extends JdbcTargetContract {

		Target() {
			super(TestDatabase.MARIADB, new MariaDbDialect());
		}

	}

	@Nested
	class Types extends JdbcTypesContract {

		Types() {
			super(TestDatabase.MARIADB, new MariaDbDialect());
		}

	}

}

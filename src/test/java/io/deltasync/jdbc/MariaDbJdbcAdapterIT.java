package io.deltasync.jdbc;

import io.deltasync.jdbc.dialect.MariaDbDialect;
import io.deltasync.jdbc.read.JdbcDeltaContract;
import io.deltasync.jdbc.read.JdbcSourceContract;
import io.deltasync.jdbc.write.JdbcTargetContract;
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

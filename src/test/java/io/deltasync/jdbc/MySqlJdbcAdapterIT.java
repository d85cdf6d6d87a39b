package io.deltasync.jdbc;

import io.deltasync.jdbc.dialect.MySqlDialect;
import io.deltasync.jdbc.read.JdbcDeltaContract;
import io.deltasync.jdbc.read.JdbcSourceContract;
import io.deltasync.jdbc.write.JdbcTargetContract;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.Nested;

class MySqlJdbcAdapterIT {

	@Nested
	class Source extends JdbcSourceContract {

		Source() {
			super(TestDatabase.MYSQL, new MySqlDialect(false));
		}

	}

	@Nested
	class Delta extends JdbcDeltaContract {

		Delta() {
			super(TestDatabase.MYSQL, new MySqlDialect(false));
		}

	}

	@Nested
	class Target extends JdbcTargetContract {

		Target() {
			super(TestDatabase.MYSQL, new MySqlDialect(false));
		}

	}

	@Nested
	class Types extends JdbcTypesContract {

		Types() {
			super(TestDatabase.MYSQL, new MySqlDialect(false));
		}

	}

}

package io.deltasync.jdbc;

import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.Nested;

class H2JdbcAdapterIT {

	@Nested
	class Source extends JdbcSourceContract {

		Source() {
			super(TestDatabase.H2, new H2Dialect());
		}

	}

	@Nested
	class Delta extends JdbcDeltaContract {

		Delta() {
			super(TestDatabase.H2, new H2Dialect());
		}

	}

	@Nested
	class Target extends JdbcTargetContract {

		Target() {
			super(TestDatabase.H2, new H2Dialect());
		}

	}

	@Nested
	class Types extends JdbcTypesContract {

		Types() {
			super(TestDatabase.H2, new H2Dialect());
		}

	}

}

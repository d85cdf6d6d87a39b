package io.deltasync.run.retry;

import java.sql.SQLException;

import io.deltasync.api.SourceAdapter;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MessagesTests {

	private static final String REMEDY = "Correct the cause, then restart the run";

	@Test
	void causeIsSaidOnceAndWithoutItsStatement() {
		SQLException cause = new SQLException(
				"Not enough rights for object \"PUBLIC.U\"; SQL statement:\nSELECT \"ID\" FROM \"U\" [90096-240]");
		assertThat(Messages.of(new IllegalStateException(
				"Table U cannot be read: Not enough rights for object \"PUBLIC.U\"; grant the account SELECT", cause)))
			.isEqualTo("Table U cannot be read: Not enough rights for object \"PUBLIC.U\"; grant the account SELECT");
		assertThat(Messages.of(new IllegalStateException("no", new SQLException("(conn=17) Access denied"))))
			.isEqualTo("no: Access denied");
	}

	@Test
	void failureOfADatabaseIsToldInItsWordsWithoutAClass() {
		SQLException refused = new SQLException("SELECT command denied to user 'x' for table 't'");
		Exception wrapped = new IllegalStateException("Reading table 't' failed", refused);

		assertThat(Messages.ofSource(new Source(), "fetchRecords", "", wrapped, REMEDY))
			.isEqualTo("The source cannot be read: Reading table 't' failed: SELECT command denied to user 'x' for "
					+ "table 't'. " + REMEDY);
		Exception exception = new IllegalStateException(
				Messages.ofSource(new Source(), "planFetch", " in planning call 1", refused, REMEDY), refused);
		assertThat(Messages.of(exception)).as("the database's words once").containsOnlyOnce("denied");
	}

	@Test
	void otherFailureNamesTheCallThatAnAuthorOfAdaptersLooksFor() {
		assertThat(Messages.ofSource(new Source(), "planFetchAgain", " in planning call 3",
				new IllegalStateException("The export failed."), REMEDY))
			.isEqualTo("planFetchAgain of source adapter %s failed in planning call 3: The export failed. %s"
				.formatted(Source.class.getName(), REMEDY));
	}

	private static final class Source implements SourceAdapter {

	}

}

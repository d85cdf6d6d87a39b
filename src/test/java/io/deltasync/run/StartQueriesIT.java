package io.deltasync.run;

import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.ScriptedRuns;
import io.deltasync.testing.SentQueries;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is read of earlier runs before a run is stored. Each query delays the start of a
 * run that is due.
 */
@EachDatabase(TestDatabase.H2)
class StartQueriesIT extends ScriptedRuns {

	@RegisterExtension
	final SentQueries queries = new SentQueries((thread) -> true);

	StartQueriesIT() {
		super("scriptedSource");
	}

	@Test
	void theRunBeforeIsReadOnce() throws Exception {
		run();
		this.queries.next();

		run();

		assertThat(this.queries.next())
			.filteredOn((query) -> query.contains("FROM BATCH_JOB_INSTANCE i WHERE JOB_NAME"))
			.hasSize(1);
	}

	@Test
	void aNewRunIsNotLookedForAmongTheStoredOnes() throws Exception {
		run();
		this.queries.next();

		run();

		assertThat(this.queries.next()).filteredOn((query) -> query.contains("JOB_KEY = ?"))
			.as("by Spring Batch, which stores no run twice")
			.hasSize(1);
	}

}

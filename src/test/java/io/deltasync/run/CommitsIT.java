package io.deltasync.run;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

import io.deltasync.api.FetchStrategy;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.Script;
import io.deltasync.testing.ScriptedRuns;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.Test;

import org.springframework.transaction.ConfigurableTransactionManager;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How many transactions of the JobRepository a run needs. Each of them is a round trip,
 * and most of them wait for a disk.
 */
@EachDatabase(TestDatabase.H2)
class CommitsIT extends ScriptedRuns {

	/** How many calls describe a commit. */
	private static final int DEPTH = 9;

	private final List<String> commits = new CopyOnWriteArrayList<>();

	CommitsIT() {
		super("scriptedSource");
	}

	private void count() {
		this.application.getBean(ConfigurableTransactionManager.class).addListener(new TransactionExecutionListener() {

			@Override
			public void afterCommit(TransactionExecution transaction, Throwable failure) {
				CommitsIT.this.commits.add(caller());
			}

		});
	}

	/** Tells who has committed, for those who look for one commit too many. */
	private static String caller() {
		return StackWalker.getInstance()
			.walk((frames) -> frames.map((frame) -> frame.toStackTraceElement().toString())
				.filter((frame) -> frame.startsWith("io.deltasync.")
						|| frame.startsWith("org.springframework.batch.core."))
				.filter((frame) -> !frame.contains("CommitsIT"))
				.limit(DEPTH)
				.collect(Collectors.joining(" < ")));
	}

	@Test
	void runsNeedFewCommits() throws Exception {
		run();
		count();

		run();
		assertThat(this.commits).as("a run that finds nothing").hasSizeLessThanOrEqualTo(14);

		this.script.plan = (source, context) -> FetchStrategy.immediate(10);
		this.script.fetch = (source, context, scope) -> Script.records(0, 10);
		this.commits.clear();
		run();
		assertThat(this.commits).as("a small delta").hasSizeLessThanOrEqualTo(19);
	}

	@Test
	void lanesAreStoredOnceBeforeTheyBegin() throws Exception {
		this.script.plan = (source, context) -> FetchStrategy.scopes(List.of("one", "two"), 2);
		this.script.fetch = (source, context, scope) -> Script.records(0, 1);
		run();
		count();

		run();

		assertThat(this.commits).filteredOn((commit) -> commit.contains("SimpleStepExecutionSplitter.split"))
			.as("beside their creation, the context of the step that they belong to")
			.isNotEmpty()
			.allMatch((commit) -> commit.contains("createStepExecution") || commit.contains("getContexts"));
	}

}

package io.deltasync.serve;

import java.time.Instant;

import io.deltasync.serve.LinkProblems.Outage;
import io.deltasync.serve.LinkProblems.Problem;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what is known about Links that cannot be run.
 */
class LinkProblemsTests {

	private static final Instant FIRST = Instant.parse("2026-11-29T08:00:00Z");

	private Instant now = FIRST;

	private final LinkProblems problems = new LinkProblems(() -> this.now);

	@Test
	void aProblemBeganWithItsFirstFailureAndHasTheLastMessage() {
		this.problems.report("b", new IllegalStateException("first"));
		this.now = FIRST.plusSeconds(60);
		this.problems.report("b", new IllegalStateException("second"));
		this.problems.report("a", new IllegalStateException("other"));

		assertThat(this.problems.all()).containsExactly(new Problem("a", "other", this.now, false),
				new Problem("b", "second", FIRST, false));

		this.problems.clear("b");

		assertThat(this.problems.all()).extracting(Problem::link).containsExactly("a");
	}

	@Test
	void anOutageLastsFromItsFirstFailureUntilItIsOver() {
		assertThat(this.problems.outage()).isNull();
		this.problems.reportOutage(new IllegalStateException("away"));
		this.now = FIRST.plusSeconds(60);
		this.problems.reportOutage(new IllegalStateException("still away"));

		assertThat(this.problems.outage()).isEqualTo(new Outage("away", FIRST));

		this.problems.clearOutage();

		assertThat(this.problems.outage()).isNull();
	}

}

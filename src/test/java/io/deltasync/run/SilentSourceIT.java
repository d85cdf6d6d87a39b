package io.deltasync.run;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.deltasync.link.Links;
import io.deltasync.run.plan.LinkCheck;
import io.deltasync.run.plan.Previews;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.ScriptedRuns;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A source that first fails and then does not answer.
 */
@EachDatabase(TestDatabase.H2)
class SilentSourceIT extends ScriptedRuns {

	SilentSourceIT() {
		super("scriptedSource");
	}

	@Test
	@Timeout(60)
	void checkOfTheConfigurationEnds() {
		CountDownLatch never = new CountDownLatch(1);
		this.script.sourceNames = () -> {
			throw new IOException("no connection");
		};
		this.script.sourceValidation = () -> never.await(2, TimeUnit.MINUTES);
		try {
			LinkCheck check = this.application.getBean(Previews.class)
				.check(this.application.getBean(Links.class).get(LINK));

			assertThat(check.unavailable()).isTrue();
			assertThat(check.problems()).singleElement().asString().contains("has not answered within");
		}
		finally {
			never.countDown();
		}
	}

}

package io.deltasync.run;

import io.deltasync.event.Mode;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.Watermark;
import io.deltasync.link.Links;
import io.deltasync.run.plan.Previews;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.ScriptedRuns;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.job.parameters.InvalidJobParametersException;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobRestartException;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A Link that is set to testing.
 */
@EachDatabase(TestDatabase.H2)
class TestingLinkIT extends ScriptedRuns {

	TestingLinkIT() {
		super("scriptedSource", "deltasync.links.people.testing=true");
	}

	@Test
	void everyRunIsATestingRunWhateverItsParametersSay() throws Exception {
		scopes(1, 5);
		this.operator.start(this.job,
				new JobParametersBuilder().addString("testing", "false", false).toJobParameters());
		SyncEvent event = this.events.newest(LINK).orElseThrow();
		assertThat(event.success()).isTrue();
		assertThat(event.testing()).isTrue();
		assertThat(this.script.target).isEmpty();
		assertThat(this.events.lastSuccess(LINK)).isEqualTo(Watermark.NONE);
	}

	@Test
	void planSaysSo() {
		scopes(1, 5);
		Previews previews = this.application.getBean(Previews.class);
		assertThat(previews.preview(this.application.getBean(Links.class).get(LINK), Mode.DELTA).testing()).isTrue();
		assertThat(this.script.contexts).isNotEmpty().allMatch((context) -> context.testingMode());
	}

	@Test
	void nothingIsReplayed() throws Exception {
		scopes(1, 5);
		this.script.poison.add(2);
		SyncEvent event = run();
		this.script.poison.clear();
		assertThatExceptionOfType(InvalidJobParametersException.class).isThrownBy(() -> replay(event))
			.withMessageContaining("Link 'people': a replay cannot be a testing run; take 'testing' out of the Link");
		assertThat(this.script.target).isEmpty();
	}

	@Test
	void runFromBeforeTheLinkWasSetToTestingIsNotRestarted() throws Exception {
		scopes(1, 5);
		this.script.poison.add(2);
		SyncEvent event = run();
		this.application.getBean(JdbcTemplate.class)
			.update("UPDATE BATCH_JOB_EXECUTION_PARAMS SET PARAMETER_VALUE = 'false' WHERE PARAMETER_NAME = 'testing'");
		this.script.poison.clear();
		assertThatExceptionOfType(JobRestartException.class).isThrownBy(() -> restart(event))
			.withMessageContaining("the Link is set to testing now");
		assertThat(this.script.target).isEmpty();
	}

}

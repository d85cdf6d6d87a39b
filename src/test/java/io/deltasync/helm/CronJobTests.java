package io.deltasync.helm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CronJobTests {

	private static final String CUSTOMERS = "ds-deltasync-customers";

	private final Rendered rendered = Chart.ofExample("cronjobs").render();

	@Test
	void eachLinkHasACronJobInUtcThatDoesNotOverlap() {
		CronJob cronJob = this.rendered.get(CronJob.class, CUSTOMERS);

		assertThat(cronJob.getSpec().getSchedule()).isEqualTo("*/15 * * * *");
		assertThat(cronJob.getSpec().getTimeZone()).isEqualTo("Etc/UTC");
		assertThat(cronJob.getSpec().getConcurrencyPolicy()).isEqualTo("Forbid");
		assertThat(cronJob.getSpec().getSuspend()).isFalse();
		assertThat(cronJob.getSpec().getStartingDeadlineSeconds()).isEqualTo(600);
		assertThat(cronJob.getSpec().getSuccessfulJobsHistoryLimit()).isEqualTo(3);
		assertThat(cronJob.getSpec().getFailedJobsHistoryLimit()).isEqualTo(3);
		assertThat(job(CUSTOMERS).getBackoffLimit()).as("outlasts the lease of two minutes").isEqualTo(4);
		assertThat(job(CUSTOMERS).getActiveDeadlineSeconds()).isNull();
		assertThat(job(CUSTOMERS).getTemplate().getSpec().getRestartPolicy()).isEqualTo("Never");
		assertThat(job(CUSTOMERS).getTemplate().getSpec().getTerminationGracePeriodSeconds()).isEqualTo(60);
		assertThat(this.rendered.container(CUSTOMERS).getCommand()).isEmpty();
		assertThat(this.rendered.container(CUSTOMERS).getArgs()).containsExactly("run", "customers");
	}

	@Test
	void linkMayHaveItsOwnLimitsAndANameThatIsInvalidForAResource() {
		CronJob cronJob = this.rendered.get(CronJob.class, "ds-deltasync-orders-eu");

		assertThat(this.rendered.container("ds-deltasync-orders-eu").getArgs()).containsExactly("run",
				"Orders: EU/daily");
		assertThat(cronJob.getMetadata().getAnnotations()).containsEntry("deltasync.io/link-name", "Orders: EU/daily");
		assertThat(cronJob.getSpec().getSuspend()).isTrue();
		assertThat(job("ds-deltasync-orders-eu").getBackoffLimit()).isEqualTo(5);
		assertThat(job("ds-deltasync-orders-eu").getActiveDeadlineSeconds()).isEqualTo(7200);
		assertThat(this.rendered.container("ds-deltasync-orders-eu").getResources().getLimits().get("memory"))
			.hasToString("2Gi");
	}

	@ParameterizedTest
	@CsvSource({ "Orders: US/daily, ds-deltasync-orders-us-daily", "UPPER_case, ds-deltasync-upper-case",
			"'  a.b  ', ds-deltasync-a-b" })
	void cronJobIsNamedAfterItsLink(String link, String name) {
		Rendered rendered = Chart.ofExample("cronjobs").with("""
				links: { '%s': { config: {}, schedule: "@daily" } }
				""".formatted(link)).render();

		assertThat(rendered.container(name).getArgs()).containsExactly("run", link);
	}

	@Test
	void linkWithAFullScheduleRunsWithFullIfDue() {
		Rendered rendered = Chart.ofExample("cronjobs").with("""
				links: { weekly: { config: { full-schedule: "0 0 3 * * SUN" }, schedule: "@hourly" } }
				""").render();

		assertThat(rendered.container("ds-deltasync-weekly").getArgs()).containsExactly("run", "weekly",
				"--full-if-due");
	}

	@Test
	void permanentFailureIsNotRetried() {
		assertThat(actions(job(CUSTOMERS))).containsEntry(2, "FailJob")
			.containsEntry(3, "FailJob")
			.containsEntry(4, "FailJob")
			.containsEntry(143, "FailJob");
	}

	@Test
	void temporaryFailureIsRetriedWithinTheLimit() {
		assertThat(actions(job(CUSTOMERS))).containsEntry(5, "Count").containsEntry(6, "Count").doesNotContainKey(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { CUSTOMERS, "ds-deltasync-prune" })
	void evictedPodIsReplacedWithoutCountingAsAFailure(String cronJob) {
		PodFailurePolicyRule first = job(cronJob).getPodFailurePolicy().getRules().get(0);

		assertThat(first.getAction()).isEqualTo("Ignore");
		assertThat(first.getOnPodConditions()).singleElement().satisfies((condition) -> {
			assertThat(condition.getType()).isEqualTo("DisruptionTarget");
			assertThat(condition.getStatus()).isEqualTo("True");
		});
	}

	@Test
	void retriesOutlastTheLease() {
		assertThat(backoffLimit("{}")).isEqualTo(3);
		assertThat(backoffLimit("config: { deltasync: { lease: 90s } }")).isEqualTo(4);
		assertThat(backoffLimit("config: { deltasync: { lease: 1h } }")).isEqualTo(15);
		assertThat(backoffLimit("{ config: { deltasync: { lease: 2m } }, cronJobs: { backoffLimit: 9 } }"))
			.isEqualTo(9);
		assertThat(backoffLimit("{ config: { deltasync: { lease: 2m } }, cronJobs: { backoffLimit: 0 } }")).isZero();
	}

	private static int backoffLimit(String values) {
		return Chart.ofExample("worker")
			.with(values)
			.render()
			.get(CronJob.class, CUSTOMERS)
			.getSpec()
			.getJobTemplate()
			.getSpec()
			.getBackoffLimit();
	}

	@Test
	void linkReceivesOnlyTheSecretsOfItsConnections() {
		Rendered more = Chart.ofExample("cronjobs").with("""
				connections:
				  mail: { url: "jdbc:mysql://mail/mail", existingSecret: mail }
				links:
				  mails:
				    schedule: "@daily"
				    timeZone: Europe/Berlin
				    config:
				      source: { adapter: jdbc, connection: mail, table: mail }
				      target: { adapter: jdbc, connection: crm, table: mail }
				""").render();

		assertThat(more.env(CUSTOMERS)).containsEntry("CONNECTION_MAIL_PASSWORD", "not-given-to-this-pod")
			.containsEntry("CONNECTION_CRM_PASSWORD", "secret:crm/password");
		assertThat(more.env("ds-deltasync-mails")).containsEntry("CONNECTION_MAIL_PASSWORD", "secret:mail/password")
			.containsEntry("CONNECTION_WAREHOUSE_PASSWORD", "not-given-to-this-pod");
		assertThat(more.get(CronJob.class, "ds-deltasync-mails").getSpec().getTimeZone()).isEqualTo("Europe/Berlin");
	}

	@Test
	void pruneReceivesNeitherConnectionSecretsNorABroker() {
		assertThat(this.rendered.env("ds-deltasync-prune"))
			.containsEntry("CONNECTION_CRM_PASSWORD", "not-given-to-this-pod")
			.containsEntry("CONNECTION_WAREHOUSE_PASSWORD", "not-given-to-this-pod")
			.containsEntry("CONNECTION_WAREHOUSE_URL", "jdbc:h2:tcp://not-given-to-this-pod/none")
			.containsEntry("DELTASYNC_DATABASE_PASSWORD", "secret:deltasync-database/password");
		assertThat(Chart.ofExample("worker").render().env("ds-deltasync-prune"))
			.containsEntry("DELTASYNC_WORKERS", "local")
			.doesNotContainKeys("DELTASYNC_REMOTE_BROKERURL", "DELTASYNC_REMOTE_PASSWORD");
	}

	@Test
	void migrateHasTheConfigurationOfTheDatabase() {
		Rendered configured = Chart.ofExample("cronjobs")
			.with("config: { spring: { datasource: { hikari: { data-source-properties: { sslMode: VERIFY_IDENTITY } } } } }")
			.render();

		assertThat(configured.env("ds-deltasync-migrate")).containsEntry("SPRING_APPLICATION_JSON",
				"{\"spring\":{\"datasource\":{\"hikari\":{\"data-source-properties\":{\"sslMode\":\"VERIFY_IDENTITY\"}}}}}");
	}

	@Test
	void podFailureRulesNameTheExistingContainer() {
		assertThat(job(CUSTOMERS).getPodFailurePolicy().getRules()).extracting(PodFailurePolicyRule::getOnExitCodes)
			.filteredOn((codes) -> codes != null)
			.extracting("containerName")
			.containsOnly(this.rendered.container(CUSTOMERS).getName());
	}

	@Test
	void pruneRunsOnceADay() {
		CronJob cronJob = this.rendered.get(CronJob.class, "ds-deltasync-prune");

		assertThat(cronJob.getSpec().getSchedule()).isEqualTo("17 3 * * *");
		assertThat(cronJob.getSpec().getTimeZone()).isEqualTo("Etc/UTC");
		assertThat(this.rendered.container("ds-deltasync-prune").getArgs()).containsExactly("prune");
	}

	@Test
	void migrationRunsBeforeOtherResourcesAreInstalled() {
		Job job = this.rendered.get(Job.class, "ds-deltasync-migrate");

		assertThat(job.getMetadata().getAnnotations()).containsEntry(Chart.HOOK, "pre-install,pre-upgrade");
		assertThat(this.rendered.container("ds-deltasync-migrate").getArgs()).containsExactly("migrate");
		assertThat(job.getSpec().getTemplate().getSpec().getServiceAccountName()).isNull();
		assertThat(job.getSpec().getTemplate().getSpec().getVolumes()).extracting("name").containsExactly("tmp");
		assertThat(this.rendered.env("ds-deltasync-migrate")).containsOnlyKeys("TZ", "LANG", "JDK_JAVA_OPTIONS",
				"SPRING_PROFILES_ACTIVE", "DELTASYNC_DATABASE_URL", "DELTASYNC_DATABASE_USERNAME",
				"DELTASYNC_DATABASE_PASSWORD");
		assertThat(actions(job.getSpec())).isEqualTo(Map.of(2, "FailJob", 4, "FailJob"));
	}

	@Test
	void withSchedulerServeNoLinkHasACronJob() {
		assertThat(Chart.ofExample("serve").render().all(CronJob.class))
			.extracting((cronJob) -> cronJob.getMetadata().getName())
			.containsExactly("sync-prune");
	}

	private JobSpec job(String cronJob) {
		return this.rendered.get(CronJob.class, cronJob).getSpec().getJobTemplate().getSpec();
	}

	/** From exit code to action; the first rule that fits counts. */
	private static Map<Integer, String> actions(JobSpec job) {
		Map<Integer, String> actions = new LinkedHashMap<>();
		for (PodFailurePolicyRule rule : job.getPodFailurePolicy().getRules()) {
			if (rule.getOnExitCodes() != null) {
				assertThat(rule.getOnExitCodes().getOperator()).isEqualTo("In");
				List<Integer> codes = rule.getOnExitCodes().getValues();
				assertThat(codes).isSorted();
				codes.forEach((code) -> actions.putIfAbsent(code, rule.getAction()));
			}
		}
		return actions;
	}

}

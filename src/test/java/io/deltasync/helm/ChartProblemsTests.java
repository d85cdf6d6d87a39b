package io.deltasync.helm;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Combinations of values that cannot work.
 */
class ChartProblemsTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					database: { existingSecret: '' } | database.existingSecret is empty: name the Secret that holds the user name and password of the MySQL database
					database: { url: 'jdbc:h2:mem:x' } | database.url begins with neither jdbc:mysql: nor jdbc:mariadb:; for an embedded H2 say database.type: h2
					database: { url: 'jdbc:mysql://db/x?user=me&password=x' } | database.url holds a user name or password, which everybody may read who may read pods: put the URL into the Secret, under the key that database.secretKeys.url names
					image: { repository: '' } | image.repository is empty: name your image, such as registry.example.com/deltasync
					database: { url: 'jdbc:mysql://db:3307/x' } | database.port is 3306, but database.url has the port 3307, which the NetworkPolicy would not let through: set database.port
					database: { url: 'jdbc:mysql://me:x@db/x' } | database.url holds a user name or password
					database: { type: h2 } | database.type is h2, an embedded database that serves one pod: set scheduler: serve, migrate.enabled: false, prune.enabled: false, or give a MySQL database
					{ serve: { enabled: false }, scheduler: serve } | scheduler is serve, but there is none: set serve.enabled: true and serve.replicas, or nobody starts a Link
					{ serve: { replicas: 0 }, scheduler: serve } | scheduler is serve, but there is none
					{ serve: { enabled: false }, metrics: { serviceMonitor: { enabled: true } } } | metrics.serviceMonitor.enabled needs serve.enabled: CronJobs have no metrics to read
					worker: { enabled: true } | worker.enabled needs a broker: give broker.url, such as tcp://artemis:61616
					broker: { url: 'tcp://artemis:61616' } | broker.url is given, but there is nobody to take what it brings: set worker.enabled: true, or leave it out
					{ worker: { enabled: true }, broker: { url: 'tcp://me:x@artemis:61616' } } | broker.url holds a user name or password
					{ worker: { enabled: true, autoscaling: { enabled: true, minReplicas: 9 } }, broker: { url: 'tcp://artemis:61616' } } | worker.autoscaling.minReplicas is 9, more than maxReplicas, 8
					config: { deltasync: { links: {} } } | config.deltasync.links: write them below links, at the top of the values
					config: { deltasync: { connections: {} } } | config.deltasync.connections: write them below connections, at the top of the values
					connections: { erp: { username: me } } | connections.erp has no URL: give url, or existingSecret and secretKeys.url
					connections: { erp: { existingSecret: erp } } | connections.erp has no URL
					connections: { erp: { url: 'jdbc:h2:mem:x', secretKeys: { password: x } } } | connections.erp.secretKeys needs existingSecret, the name of the Secret that holds them
					connections: { erp: { url: 'jdbc:mysql://erp/x?password=x' } } | connections.erp.url holds a user name or password, which everybody may read who may read ConfigMaps: put the URL into a Secret, and name its key in secretKeys.url
					connections: { erp: { url: 'jdbc:h2:mem:x', options: { password: x } } } | connections.erp.options.password: options are for all else; a password comes from a Secret, with existingSecret
					connections: { erp: { options: { url: 'jdbc:h2:mem:x' } } } | connections.erp.options.url: options are for all else; write url beside options
					connections: { CRM: { url: 'jdbc:h2:mem:x', existingSecret: x } } | connections.CRM and connections.crm differ in punctuation or case alone, which environment variables do not tell apart: rename one
					prune: { schedule: daily } | prune.schedule is 'daily'; give five fields, such as '17 3 * * *', in UTC
					links: { x: { config: { schedule: '@daily' }, schedule: '@daily' } } | links.x.config.schedule: write it at links.x.schedule; 'scheduler' says who keeps to it, a CronJob or serve, never both
					links: { x: { config: {} } } | links.x has no schedule: give one, such as '*/15 * * * *', and with it suspend: true if it is started by hand
					{ links: { x: { config: {} } }, scheduler: serve } | links.x has no schedule: give one, such as '*/15 * * * *', or config.run-after, the name of the Link that it follows
					links: { x: { config: { run-after: customers }, schedule: '@daily' } } | links.x.config.run-after is for schedules of serve: set scheduler: serve, or give the Link a schedule of its own
					links: { x: { config: {}, schedule: '0 0 2 * * *' } } | links.x.schedule is '0 0 2 * * *'; give five fields, such as '*/15 * * * *', in UTC
					links: { x: { config: {}, schedule: 'TZ=CET 0 2 * * *' } } | links.x.schedule is 'TZ=CET 0 2 * * *'; give five fields
					links: { '-x': { config: {}, schedule: '@daily' } } | links.-x: a Link whose name begins with a dash cannot be named on a command line
					links: { 客户: { config: {}, schedule: '@daily' } } | links.客户: no name for a CronJob can be made of the Link's; give links.客户.resourceName, of small letters, digits and dashes
					links: { a-name-that-is-much-too-long-for-a-cronjob: { config: {}, schedule: '@daily' } } | links.a-name-that-is-much-too-long-for-a-cronjob: its CronJob would be named ds-deltasync-a-name-that-is-much-too-long-for-a-cronjob, with 55 characters of at most 52; give a shorter links.a-name-that-is-much-too-long-for-a-cronjob.resourceName or fullnameOverride
					links: { 'Customers!': { config: {}, schedule: '@daily' } } | links.customers: its CronJob would be named ds-deltasync-customers, which 'Customers!' has already; give links.customers.resourceName
					links: { prune: { config: {}, schedule: '@daily' } } | links.prune: its CronJob would be named ds-deltasync-prune, which 'prune' has already; give links.prune.resourceName
					fullnameOverride: 7up | serve has a Service, which would be named 7up-serve; a Service's name begins with a small letter and has small letters, digits and dashes alone: give such a fullnameOverride, or set serve.enabled: false
					{ fullnameOverride: a-name-that-is-longer-than-anybody-will-ever-need, links: null } | the release's resources would be named a-name-that-is-longer-than-anybody-will-ever-need-prune and the like, which is too long; give fullnameOverride of at most 46 characters
					""")
	void whatCannotWorkIsSaidInASentence(String values, String sentence) {
		assertThat(Chart.ofExample("cronjobs").with(values).problem()).contains("these values cannot work:\n- ")
			.contains("\n- " + sentence);
	}

	@Test
	void everythingIsSaidAtOnce() {
		String problem = Chart.ofDefaults().with("""
				database: { type: h2 }
				serve: { replicas: 2 }
				worker: { enabled: true }
				links: { x: { config: {} } }
				""").problem();

		assertThat(problem).contains("\n- database.type is h2")
			.contains("set scheduler: serve, serve.replicas: 1, ")
			.contains("worker.enabled: false, migrate.enabled: false, prune.enabled: false, or")
			.contains("\n- worker.enabled needs a broker")
			.contains("\n- links.x has no schedule");
	}

	@Test
	void aReleaseWhoseNameNoServiceMayHaveIsRefusedOnlyWhereThereIsOne() {
		assertThat(Chart.ofExample("cronjobs").releasedAs("2024").problem())
			.contains("\n- serve has a Service, which would be named 2024-deltasync-serve");
		assertThat(Chart.ofExample("cronjobs").releasedAs("a.b").problem())
			.contains("\n- serve has a Service, which would be named a.b-deltasync-serve");
		assertThat(
				Chart.ofExample("cronjobs").releasedAs("2024").with("{ serve: { enabled: false } }").render().objects())
			.isNotEmpty();
	}

	@Test
	void aClusterThatDoesNotKnowWhatTheChartNeedsIsRefused() {
		assertThat(Chart.ofExample("cronjobs").onKubernetes("1.26.9").problem())
			.contains("chart requires kubeVersion: >=1.27.0-0");
	}

}

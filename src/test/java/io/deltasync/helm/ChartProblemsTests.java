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
					database: { existingSecret: '' } | database.existingSecret is empty: set it to the name of the Secret with the user name and password of the database
					database: { url: 'jdbc:h2:mem:x' } | database.url does not start with jdbc:mysql: or jdbc:mariadb:, but database.type is mysql: correct one of them (postgresql, mysql for MySQL and MariaDB, h2 for an embedded H2)
					database: { type: postgresql, url: 'jdbc:mysql://db/x' } | database.url does not start with jdbc:postgresql:, but database.type is postgresql: correct one of them
					database: { url: 'jdbc:mysql://db/x?user=me&password=x' } | database.url contains a user name or password, which everyone who can read pods could see: put the URL into the Secret, under the key named by database.secretKeys.url
					image: { repository: '' } | image.repository is empty: set it to your image, such as registry.example.com/deltasync
					database: { url: 'jdbc:mysql://db:3307/x' } | database.port is 3306, but database.url has the port 3307, which the NetworkPolicy would not let through: set database.port
					database: { url: 'jdbc:mysql://me:x@db/x' } | database.url contains a user name or password
					database: { type: h2 } | database.type is h2, an embedded database for a single pod: set scheduler: serve, migrate.enabled: false, prune.enabled: false, or use a database on a server
					{ serve: { enabled: false }, scheduler: serve } | scheduler is serve, but there is no pod of serve to start the Links: set serve.enabled: true and serve.replicas
					{ serve: { replicas: 0 }, scheduler: serve } | scheduler is serve, but there is no pod of serve
					{ serve: { enabled: false }, metrics: { serviceMonitor: { enabled: true } } } | metrics.serviceMonitor.enabled needs serve.enabled: CronJobs do not expose metrics
					worker: { enabled: true } | worker.enabled needs a broker: set broker.url, such as tcp://artemis:61616
					broker: { url: 'tcp://artemis:61616' } | broker.url is set, but there are no workers to use it: set worker.enabled: true, or remove broker.url
					{ worker: { enabled: true }, broker: { url: 'tcp://me:x@artemis:61616' } } | broker.url contains a user name or password
					{ worker: { enabled: true, autoscaling: { enabled: true, minReplicas: 9 } }, broker: { url: 'tcp://artemis:61616' } } | worker.autoscaling.minReplicas is 9, which is more than maxReplicas, 8
					config: { deltasync: { links: {} } } | config.deltasync.links: write these at the top level of the values, below links
					config: { deltasync: { connections: {} } } | config.deltasync.connections: write these at the top level of the values, below connections
					connections: { erp: { username: me } } | connections.erp has no URL: set url, or existingSecret and secretKeys.url
					connections: { erp: { existingSecret: erp } } | connections.erp has no URL
					connections: { erp: { url: 'jdbc:h2:mem:x', secretKeys: { password: x } } } | connections.erp.secretKeys needs existingSecret, the name of the Secret with these keys
					connections: { erp: { url: 'jdbc:mysql://erp/x?password=x' } } | connections.erp.url contains a user name or password, which everyone who can read ConfigMaps could see: put the URL into a Secret, and name its key in secretKeys.url
					connections: { erp: { url: 'jdbc:h2:mem:x', options: { password: x } } } | connections.erp.options.password does not belong in options: put the password into a Secret, and name it in existingSecret
					connections: { erp: { options: { url: 'jdbc:h2:mem:x' } } } | connections.erp.options.url does not belong in options: write url next to options
					connections: { CRM: { url: 'jdbc:h2:mem:x', existingSecret: x } } | connections.CRM and connections.crm differ only in punctuation or case, so their passwords would have the same environment variable: rename one
					image: { pullSecrets: [registry] } | image.pullSecrets is now imagePullSecrets, a list of objects: imagePullSecrets: [{ name: registry }]
					security: { runAsUser: 1000 } | security is now podSecurityContext: write podSecurityContext.runAsUser and podSecurityContext.fsGroup
					podSecurityContext: { runAsUser: 0 } | podSecurityContext.runAsUser is 0, which is root, but runAsNonRoot is true: Kubernetes would start no pod; give another user
					service: { nodePort: 30080 } | service.nodePort needs service.type NodePort or LoadBalancer
					metrics: { prometheusRule: { enabled: true } } | metrics.prometheusRule.enabled needs metrics.serviceMonitor.enabled: its alerts select this release by labels that the ServiceMonitor adds
					console: { port: 8080 } | console.port and serve.port are both 8080: the console and the metrics need different ports
					service: { port: 8090 } | service.consolePort is 8090, which is also the Service's port for metrics: set another one
					console: { oidc: { issuerUri: 'https://x' } } | console.oidc.issuerUri needs console.oidc.clientId, and console.oidc.existingSecret, the name of the Secret with the client's secret
					console: { oidc: { issuerUri: 'https://x', clientId: x, existingSecret: x } } | console.oidc.issuerUri is set, but nobody would have a role: set config.deltasync.serve.oidc.viewers, operators or admins
					console: { ingress: { enabled: true } } | console.ingress.hosts is empty: name the hosts of the console, such as sync.example.com
					{ console: { ingress: { enabled: true, hosts: [x] } }, serve: { enabled: false } } | console.ingress.enabled needs console.enabled and serve.enabled
					prune: { schedule: daily } | prune.schedule is 'daily'; use five fields, such as '17 3 * * *', in UTC
					links: { x: { config: { schedule: '@daily' }, schedule: '@daily' } } | links.x.config.schedule: write it as links.x.schedule; scheduler decides whether a CronJob or serve starts the Link, never both
					links: { x: { config: {} } } | links.x has no schedule: set one, such as '*/15 * * * *', and also suspend: true if the Link is started by hand
					{ links: { x: { config: {} } }, scheduler: serve } | links.x has no schedule: set one, such as '*/15 * * * *', or config.run-after, the name of the Link to follow
					links: { x: { config: { run-after: customers }, schedule: '@daily' } } | links.x.config.run-after works with serve only: set scheduler: serve, or give the Link its own schedule
					links: { x: { config: {}, schedule: '0 0 2 * * *' } } | links.x.schedule is '0 0 2 * * *'; use five fields, such as '*/15 * * * *'; the zone belongs in timeZone
					links: { x: { config: {}, schedule: 'TZ=CET 0 2 * * *' } } | links.x.schedule is 'TZ=CET 0 2 * * *'; use five fields
					links: { '-x': { config: {}, schedule: '@daily' } } | links.-x: the name of a Link must not start with a dash, as the command line would take it for an option
					links: { 客户: { config: {}, schedule: '@daily' } } | links.客户: the Link's name cannot be turned into the name of a CronJob; set links.客户.resourceName, with lower-case letters, digits and dashes
					links: { a-name-that-is-much-too-long-for-a-cronjob: { config: {}, schedule: '@daily' } } | links.a-name-that-is-much-too-long-for-a-cronjob: the name of its CronJob, ds-deltasync-a-name-that-is-much-too-long-for-a-cronjob, would have 55 characters; the limit is 52: set a shorter links.a-name-that-is-much-too-long-for-a-cronjob.resourceName or fullnameOverride
					links: { 'Customers!': { config: {}, schedule: '@daily' } } | links.customers: the name of its CronJob, ds-deltasync-customers, is already that of 'Customers!'; set links.customers.resourceName
					links: { prune: { config: {}, schedule: '@daily' } } | links.prune: the name of its CronJob, ds-deltasync-prune, is already that of 'prune'; set links.prune.resourceName
					fullnameOverride: 7up | the Service of serve would be named 7up-serve, but the name of a Service must start with a lower-case letter and contain only lower-case letters, digits and dashes: set fullnameOverride, or serve.enabled: false
					{ fullnameOverride: a-name-that-is-longer-than-anybody-will-ever-need, links: null } | names of resources, such as a-name-that-is-longer-than-anybody-will-ever-need-prune, would be too long: set fullnameOverride to 46 characters or fewer
					""")
	void messageExplainsValuesThatCannotWork(String values, String sentence) {
		assertThat(Chart.ofExample("cronjobs").with(values).problem()).contains("these values cannot work:\n- ")
			.contains("\n- " + sentence);
	}

	@Test
	void allProblemsAreReportedAtOnce() {
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
	void releaseNameThatIsInvalidForAServiceIsRefusedOnlyIfThereIsAService() {
		assertThat(Chart.ofExample("cronjobs").releasedAs("2024").problem())
			.contains("\n- the Service of serve would be named 2024-deltasync-serve");
		assertThat(Chart.ofExample("cronjobs").releasedAs("a.b").problem())
			.contains("\n- the Service of serve would be named a.b-deltasync-serve");
		assertThat(
				Chart.ofExample("cronjobs").releasedAs("2024").with("{ serve: { enabled: false } }").render().objects())
			.isNotEmpty();
	}

	@Test
	void clusterWithoutTheRequiredApiIsRefused() {
		assertThat(Chart.ofExample("cronjobs").onKubernetes("1.26.9").problem())
			.contains("chart requires kubeVersion: >=1.27.0-0");
	}

}

package io.deltasync.helm;

import java.util.List;

import io.deltasync.link.EngineSettings;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientProperties;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The console in the chart.
 */
class ConsoleTests {

	private static final String OIDC = """
			console:
			  adminPassword: { existingSecret: console }
			  oidc:
			    issuerUri: https://login.example.com/realms/company
			    clientId: deltasync
			    name: Company
			    scope: openid,profile,groups
			    existingSecret: oidc
			config:
			  deltasync:
			    serve:
			      oidc: { operators: ["/data/ops", "a,b"] }
			""";

	private static final String INGRESS = """
			console:
			  ingress:
			    enabled: true
			    className: nginx
			    annotations: { nginx.ingress.kubernetes.io/affinity: cookie }
			    hosts: [sync.example.com]
			    path: /sync/
			    tls: [{ secretName: sync-tls, hosts: [sync.example.com] }]
			""";

	@Test
	void consoleHasAPortWithoutMetrics() {
		Rendered rendered = Chart.ofExample("serve").render();

		assertThat(rendered.container("sync-serve").getPorts()).extracting(ContainerPort::getName)
			.containsExactly("management", "console");
		assertThat(rendered.env("sync-serve")).containsEntry("SERVER_PORT", "8090")
			.containsEntry("SERVER_ADDRESS", "0.0.0.0")
			.containsEntry("SERVER_FORWARDHEADERSSTRATEGY", "native")
			.doesNotContainKey("SERVER_SERVLET_CONTEXTPATH");
	}

	@Test
	void withoutTheConsoleThereAreHealthAndMetrics() {
		Rendered rendered = Chart.ofExample("serve").with("console: { enabled: false }").render();

		assertThat(rendered.container("sync-serve").getPorts()).extracting(ContainerPort::getName)
			.containsExactly("management");
		assertThat(rendered.env("sync-serve")).containsEntry("SERVER_PORT", "9000")
			.containsEntry("DELTASYNC_SERVE_CONSOLE", "false")
			.doesNotContainKey("MANAGEMENT_SERVER_PORT");
		assertThat(rendered.get(Service.class, "sync-serve").getSpec().getPorts()).hasSize(1);
		assertThat(rendered.all(NetworkPolicy.class)).extracting((policy) -> policy.getMetadata().getName())
			.containsExactlyInAnyOrder("sync", "sync-metrics");
	}

	@Test
	void oneOfSeveralPodsAnswersABrowser() {
		assertThat(Chart.ofExample("serve").render().get(Service.class, "sync-serve").getSpec().getSessionAffinity())
			.isEqualTo("ClientIP");
		assertThat(Chart.ofExample("cronjobs")
			.render()
			.get(Service.class, "ds-deltasync-serve")
			.getSpec()
			.getSessionAffinity()).isNull();
	}

	@Test
	void ingressLeadsToTheConsoleBelowItsPath() {
		Rendered rendered = Chart.ofExample("serve").with(INGRESS).render();
		Ingress ingress = rendered.get(Ingress.class, "sync-serve");

		assertThat(ingress.getMetadata().getAnnotations()).containsEntry("nginx.ingress.kubernetes.io/affinity",
				"cookie");
		assertThat(ingress.getSpec().getIngressClassName()).isEqualTo("nginx");
		assertThat(ingress.getSpec().getTls().get(0).getSecretName()).isEqualTo("sync-tls");
		assertThat(ingress.getSpec().getRules()).singleElement().satisfies((rule) -> {
			assertThat(rule.getHost()).isEqualTo("sync.example.com");
			assertThat(rule.getHttp().getPaths()).singleElement().satisfies((path) -> {
				assertThat(path.getPath()).isEqualTo("/sync/");
				assertThat(path.getBackend().getService().getName()).isEqualTo("sync-serve");
				assertThat(path.getBackend().getService().getPort().getName()).isEqualTo("console");
			});
		});
		assertThat(rendered.env("sync-serve")).containsEntry("SERVER_SERVLET_CONTEXTPATH", "/sync");
		assertThat(Chart.ofExample("serve").render().all(Ingress.class)).isEmpty();
	}

	@Test
	void onlyServeKnowsTheProviderAndTheFirstPassword() {
		Rendered rendered = Chart.ofExample("cronjobs").with(OIDC).render();
		Environment serve = ChartConfigurationTests.environment(rendered, "ds-deltasync-serve");
		OAuth2ClientProperties client = Binder.get(serve)
			.bind("spring.security.oauth2.client", OAuth2ClientProperties.class)
			.get();
		EngineSettings engine = ChartConfigurationTests.links(serve).engine();

		assertThat(client.getProvider().get("oidc").getIssuerUri())
			.isEqualTo("https://login.example.com/realms/company");
		OAuth2ClientProperties.Registration registration = client.getRegistration().get("oidc");
		assertThat(registration.getClientId()).isEqualTo("deltasync");
		assertThat(registration.getClientSecret()).isEqualTo("secret:oidc/client-secret");
		assertThat(registration.getClientName()).isEqualTo("Company");
		assertThat(registration.getScope()).containsExactlyInAnyOrder("openid", "profile", "groups");
		assertThat(engine.serve().oidc().operators()).containsExactly("/data/ops", "a,b");
		assertThat(engine.serve().adminPassword()).isEqualTo("secret:console/password");
		assertThat(rendered.env("ds-deltasync-customers").keySet())
			.noneMatch((name) -> name.contains("OAUTH2") || name.contains("ADMINPASSWORD"));
	}

	@Test
	void onlyConfiguredClientsMayReachTheConsole() {
		NetworkPolicy policy = Chart.ofExample("serve")
			.with("networkPolicy: { consoleFrom: [{ podSelector: { matchLabels: { app: ingress } } }] }")
			.render()
			.get(NetworkPolicy.class, "sync-console");

		assertThat(policy.getSpec().getIngress()).singleElement().satisfies((rule) -> {
			assertThat(rule.getPorts()).extracting((port) -> port.getPort().getStrVal()).isEqualTo(List.of("console"));
			assertThat(rule.getFrom().get(0).getPodSelector().getMatchLabels()).containsEntry("app", "ingress");
		});
	}

}

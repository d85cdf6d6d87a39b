package io.deltasync.helm;

import java.util.List;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NetworkPolicyTests {

	@Test
	void podsReachOnlyDnsAndTheDatabaseAndAcceptNoConnections() {
		Rendered rendered = Chart.ofExample("cronjobs").render();
		NetworkPolicy policy = rendered.get(NetworkPolicy.class, "ds-deltasync");

		assertThat(policy.getSpec().getPolicyTypes()).containsExactly("Ingress", "Egress");
		assertThat(policy.getSpec().getIngress()).isEmpty();
		assertThat(policy.getSpec().getEgress()).extracting(NetworkPolicyTests::ports)
			.containsExactly(List.of("TCP 53", "UDP 53"), List.of("TCP 3306"));
		assertThat(rendered.pods()).allSatisfy((name, pod) -> assertThat(pod.getMetadata().getLabels())
			.containsAllEntriesOf(policy.getSpec().getPodSelector().getMatchLabels()));
	}

	@Test
	void portOfTheDatabaseIsThatOfItsTypeUnlessItIsSet() {
		Chart worker = Chart.ofExample("worker").with("networkPolicy: { enabled: true }");
		assertThat(databasePorts(worker)).containsExactly("TCP 5432");
		assertThat(databasePorts(worker.with("database: { port: 6432 }"))).containsExactly("TCP 6432");
	}

	private static List<String> databasePorts(Chart chart) {
		return chart.render()
			.all(NetworkPolicy.class)
			.stream()
			.filter((policy) -> policy.getSpec().getPolicyTypes().contains("Egress"))
			.map((policy) -> ports(policy.getSpec().getEgress().get(1)))
			.findFirst()
			.orElseThrow();
	}

	@Test
	void onlyConfiguredClientsMayReadMetrics() {
		Rendered rendered = Chart.ofExample("serve").render();
		NetworkPolicy policy = rendered.get(NetworkPolicy.class, "sync-metrics");

		assertThat(policy.getSpec().getPolicyTypes()).containsExactly("Ingress");
		assertThat(policy.getSpec().getPodSelector().getMatchLabels()).containsEntry("app.kubernetes.io/component",
				"serve");
		assertThat(policy.getSpec().getIngress()).singleElement().satisfies((rule) -> {
			assertThat(rule.getPorts().get(0).getPort().getStrVal()).isEqualTo("management");
			assertThat(rule.getFrom()).singleElement()
				.satisfies((peer) -> assertThat(peer.getNamespaceSelector().getMatchLabels())
					.containsEntry("kubernetes.io/metadata.name", "monitoring"));
		});
	}

	@Test
	void additionalEgressComesFromTheValues() {
		List<NetworkPolicyEgressRule> egress = Chart.ofExample("serve")
			.render()
			.get(NetworkPolicy.class, "sync")
			.getSpec()
			.getEgress();

		assertThat(egress).hasSize(3);
		assertThat(ports(egress.get(1))).containsExactly("TCP 3307");
		assertThat(egress.get(1).getTo().get(0).getIpBlock().getCidr()).isEqualTo("10.1.2.0/24");
		assertThat(egress.get(2).getTo().get(0).getIpBlock().getCidr()).isEqualTo("10.2.0.0/16");
	}

	@Test
	void brokerIsReachableWithWorkers() {
		assertThat(Chart.ofExample("worker").render().get(NetworkPolicy.class, "ds-deltasync").getSpec().getEgress())
			.anySatisfy((rule) -> assertThat(ports(rule)).containsExactly("TCP 61617"));
	}

	@Test
	void networkPoliciesCanBeDisabled() {
		assertThat(
				Chart.ofExample("cronjobs").with("networkPolicy: { enabled: false }").render().all(NetworkPolicy.class))
			.isEmpty();
	}

	private static List<String> ports(NetworkPolicyEgressRule rule) {
		return rule.getPorts().stream().map(NetworkPolicyTests::text).sorted().toList();
	}

	private static String text(NetworkPolicyPort port) {
		return port.getProtocol() + " " + port.getPort().getIntVal();
	}

}

package io.deltasync.helm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What all pods have in common.
 */
class PodTests {

	@ParameterizedTest
	@MethodSource("io.deltasync.helm.Chart#examples")
	void everyPodMeetsTheRestrictedPodSecurityStandard(String example) {
		assertThat(Chart.ofExample(example).render().pods()).isNotEmpty().allSatisfy((name, pod) -> {
			PodSpec spec = pod.getSpec();
			assertThat(spec.getSecurityContext().getRunAsNonRoot()).isTrue();
			assertThat(spec.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
			assertThat(spec.getAutomountServiceAccountToken()).isFalse();
			SecurityContext container = spec.getContainers().get(0).getSecurityContext();
			assertThat(container.getAllowPrivilegeEscalation()).isFalse();
			assertThat(container.getReadOnlyRootFilesystem()).isTrue();
			assertThat(container.getCapabilities().getDrop()).containsExactly("ALL");
			assertThat(container.getCapabilities().getAdd()).isEmpty();
		});
	}

	@ParameterizedTest
	@MethodSource("io.deltasync.helm.Chart#examples")
	void everyPodHasAWritableTemporaryDirectoryAndItsConfiguration(String example) {
		Rendered rendered = Chart.ofExample(example).render();

		assertThat(rendered.pods()).allSatisfy((name, pod) -> {
			Container container = rendered.container(name);
			assertThat(container.getVolumeMounts())
				.anySatisfy((mount) -> assertThat(mount.getMountPath()).isEqualTo("/tmp"));
			assertThat(container.getVolumeMounts()).extracting("name")
				.containsExactlyInAnyOrderElementsOf(
						pod.getSpec().getVolumes().stream().map((volume) -> (Object) volume.getName()).toList());
			if (!name.endsWith("-migrate")) {
				assertThat(rendered.env(name)).containsEntry("SPRING_CONFIG_ADDITIONAL_LOCATION",
						"file:/etc/deltasync/");
				assertThat(container.getVolumeMounts())
					.anySatisfy((mount) -> assertThat(mount.getMountPath()).isEqualTo("/etc/deltasync"));
			}
		});
	}

	@ParameterizedTest
	@MethodSource("io.deltasync.helm.Chart#examples")
	void everyPodHasResourcesAndTimeToStopARun(String example) {
		assertThat(Chart.ofExample(example).render().pods()).allSatisfy((name, pod) -> {
			Container container = pod.getSpec().getContainers().get(0);
			assertThat(container.getResources().getRequests()).containsKeys("cpu", "memory");
			assertThat(container.getResources().getLimits()).containsKey("memory");
			assertThat(pod.getSpec().getTerminationGracePeriodSeconds()).isGreaterThanOrEqualTo(30);
		});
	}

	@ParameterizedTest
	@MethodSource("io.deltasync.helm.Chart#examples")
	void secretsAreReferencedButNeverCreated(String example) {
		Rendered rendered = Chart.ofExample(example).render();

		assertThat(rendered.objects()).extracting(HasMetadata::getKind).doesNotContain("Secret");
		rendered.pods().keySet().forEach((name) -> assertThat(rendered.env(name)).allSatisfy((variable, value) -> {
			if (variable.contains("PASSWORD")) {
				assertThat(value).matches("secret:(?!.*//).*|not-given-to-this-pod");
			}
		}));
	}

	@ParameterizedTest
	@MethodSource("io.deltasync.helm.Chart#examples")
	void everyObjectHasTheLabelsThatKubernetesRecommends(String example) {
		assertThat(Chart.ofExample(example).render().objects())
			.allSatisfy((object) -> assertThat(object.getMetadata().getLabels())
				.containsEntry("app.kubernetes.io/name", "deltasync")
				.containsEntry("app.kubernetes.io/instance", "ds")
				.containsEntry("app.kubernetes.io/version", "0.1.0-SNAPSHOT")
				.containsEntry("app.kubernetes.io/managed-by", "Helm")
				.containsEntry("app.kubernetes.io/part-of", "deltasync")
				.containsEntry("helm.sh/chart", "deltasync-0.1.0"));
	}

	@ParameterizedTest
	@MethodSource("io.deltasync.helm.Chart#examples")
	void noTwoObjectsHaveTheSameName(String example) {
		assertThat(Chart.ofExample(example).render().objects())
			.extracting((object) -> object.getKind() + " " + object.getMetadata().getName())
			.doesNotHaveDuplicates();
	}

	@ParameterizedTest
	@ValueSource(strings = { "2024", "true", "on", "1e3", "null" })
	void namesThatLookLikeNumbersOrBooleansStayTexts(String name) {
		Rendered rendered = Chart.ofExample("cronjobs").releasedAs(name).with("""
				nameOverride: '%1$s'
				serve: { enabled: false }
				imagePullSecrets: [{ name: '%1$s' }]
				priorityClassName: '%1$s'
				database: { existingSecret: '%1$s', secretKeys: { url: '%1$s', username: '%1$s', password: '%1$s' } }
				links: { '%1$s': { config: {}, schedule: '@daily' } }
				""".formatted(name)).render();

		String cronJob = name + "-" + name;
		assertThat(rendered.get(CronJob.class, cronJob).getMetadata().getLabels())
			.containsEntry("deltasync.io/link", name)
			.containsEntry("app.kubernetes.io/instance", name)
			.containsEntry("app.kubernetes.io/name", name);
		assertThat(rendered.pods().get(cronJob).getMetadata().getLabels()).containsEntry("deltasync.io/link", name);
		assertThat(rendered.container(cronJob).getArgs()).containsExactly("run", name);
		assertThat(rendered.env(cronJob)).containsEntry("DELTASYNC_DATABASE_URL", "secret:%1$s/%1$s".formatted(name));
	}

	@ParameterizedTest
	@ValueSource(strings = { "true", "on" })
	void volumesMayHaveNamesThatLookLikeBooleans(String name) {
		Rendered rendered = Chart.ofExample("h2").releasedAs(name).with("""
				fullnameOverride: '%1$s'
				database: { h2: { storageClassName: '%1$s' } }
				""".formatted(name)).render();

		assertThat(rendered.get(PersistentVolumeClaim.class, name).getSpec().getStorageClassName()).isEqualTo(name);
		assertThat(rendered.pods()).containsOnlyKeys(name + "-serve");
	}

	@Test
	void databaseCredentialsComeFromASecret() {
		assertThat(Chart.ofExample("cronjobs").render().env("ds-deltasync-customers"))
			.containsEntry("SPRING_PROFILES_ACTIVE", "mysql")
			.containsEntry("DELTASYNC_DATABASE_URL", "secret:deltasync-database/url")
			.containsEntry("DELTASYNC_DATABASE_USERNAME", "secret:deltasync-database/username")
			.containsEntry("DELTASYNC_DATABASE_PASSWORD", "secret:deltasync-database/password");
		assertThat(Chart.ofExample("worker").render().pods().keySet())
			.allSatisfy((name) -> assertThat(Chart.ofExample("worker").render().env(name))
				.containsEntry("SPRING_PROFILES_ACTIVE", "postgresql"));
		assertThat(Chart.ofExample("serve").render().env("sync-serve")).containsEntry("DELTASYNC_DATABASE_URL",
				"jdbc:mariadb://mariadb.example.com:3307/deltasync");
	}

	/** Its exit code is none of DeltaSync's, 3 of -XX:+ExitOnOutOfMemoryError is. */
	@Test
	void outOfMemoryDoesNotHaveAnExitCodeOfDeltaSync() {
		assertThat(Chart.ofExample("cronjobs").render().env("ds-deltasync-customers")).containsEntry("JDK_JAVA_OPTIONS",
				"-XX:+CrashOnOutOfMemoryError -XX:ActiveProcessorCount=2");
	}

	/** Else the JVM counts the node's processors, and runs lanes for all of them. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "none", textBlock = """
			{}                                         | 2
			{ requests: { memory: 1Gi, cpu: null } }   | 2
			{ requests: { cpu: 250m } }                | 2
			{ requests: { cpu: 2000m } }               | 2
			{ requests: { cpu: 2001m } }               | 3
			{ requests: { cpu: 4 } }                   | 4
			{ requests: { cpu: '10' } }                | 10
			{ requests: { cpu: 2.5 } }                 | 3
			{ requests: { cpu: 4 }, limits: { cpu: 4 } } | none
			""")
	void aPodWithoutLimitOfItsProcessorsCountsThoseThatItRequests(String resources, @Nullable String processors) {
		Rendered rendered = Chart.ofExample("cronjobs").with("serve: { resources: " + resources + " }").render();

		assertThat(rendered.env("ds-deltasync-serve")).containsEntry("JDK_JAVA_OPTIONS", "-XX:+CrashOnOutOfMemoryError"
				+ ((processors != null) ? " -XX:ActiveProcessorCount=" + processors : ""));
	}

	@Test
	void cpuRequestOfALinkSetsItsNumberOfProcessors() {
		Rendered rendered = Chart.ofExample("cronjobs")
			.with("links: { customers: { resources: { requests: { cpu: 6 } } } }")
			.render();

		assertThat(rendered.env("ds-deltasync-customers").get("JDK_JAVA_OPTIONS"))
			.endsWith("-XX:ActiveProcessorCount=6");
	}

	@Test
	void numberOfProcessorsInTheValuesIsKept() {
		Rendered option = Chart.ofExample("cronjobs").with("jvmOptions: -XX:ActiveProcessorCount=7").render();
		Rendered variable = Chart.ofExample("cronjobs")
			.with("env: [{ name: JAVA_TOOL_OPTIONS, value: '-XX:ActiveProcessorCount=7' }]")
			.render();

		assertThat(option.pods().keySet()).allSatisfy(
				(pod) -> assertThat(option.env(pod)).containsEntry("JDK_JAVA_OPTIONS", "-XX:ActiveProcessorCount=7"));
		assertThat(variable.pods().keySet()).allSatisfy((pod) -> assertThat(variable.env(pod))
			.containsEntry("JDK_JAVA_OPTIONS", "-XX:+CrashOnOutOfMemoryError"));
	}

	@Test
	void versionOfTheChartMatchesTheProgram() throws IOException {
		String version = image("cronjobs", "{}").replace("deltasync:", "");

		assertThat(Files.readString(Path.of("pom.xml")))
			.contains("<artifactId>deltasync</artifactId>\n\t<version>%s</version>".formatted(version));
	}

	@Test
	void imageTagDefaultsToTheVersionOfTheChart() {
		assertThat(image("cronjobs", "{}")).isEqualTo("deltasync:0.1.0-SNAPSHOT");
		assertThat(image("cronjobs", "image: { repository: r/d, tag: '7' }")).isEqualTo("r/d:7");
		assertThat(Chart.ofExample("serve").render().container("sync-serve").getImage()).isEqualTo(
				"registry.example.com/data/deltasync@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
	}

	@Test
	void commonPodSettingsApplyToAllPods() {
		Rendered rendered = Chart.ofExample("serve").with("""
				volumes: [{ name: trust, secret: { secretName: trust } }]
				volumeMounts: [{ name: trust, mountPath: /trust, readOnly: true }]
				affinity: { nodeAffinity: {} }
				""").render();

		assertThat(rendered.pods()).hasSize(4).allSatisfy((name, pod) -> {
			assertThat(rendered.env(name)).containsEntry("SPRING_DATASOURCE_HIKARI_MAXIMUM_POOL_SIZE", "30");
			assertThat(pod.getMetadata().getLabels()).containsEntry("team", "data");
			assertThat(pod.getMetadata().getAnnotations()).containsEntry("example.com/owner", "data");
			PodSpec spec = pod.getSpec();
			assertThat(spec.getNodeSelector()).isEqualTo(Map.of("kubernetes.io/arch", "amd64"));
			assertThat(spec.getTolerations()).extracting("key").containsExactly("batch");
			assertThat(spec.getPriorityClassName()).isEqualTo("batch");
			assertThat(spec.getAffinity().getNodeAffinity()).isNotNull();
			assertThat(spec.getImagePullSecrets()).extracting("name").containsExactly("registry");
			assertThat(spec.getSecurityContext().getRunAsUser()).isEqualTo(12345);
			assertThat(rendered.container(name).getVolumeMounts()).extracting("mountPath").contains("/trust");
		});
	}

	@Test
	void podsRunAsAServiceAccountWithoutPrivileges() {
		Rendered rendered = Chart.ofExample("cronjobs").render();
		ServiceAccount account = rendered.get(ServiceAccount.class, "ds-deltasync");

		assertThat(account.getAutomountServiceAccountToken()).isFalse();
		assertThat(rendered.pods().get("ds-deltasync-serve").getSpec().getServiceAccountName())
			.isEqualTo("ds-deltasync");
		assertThat(rendered.objects()).extracting(HasMetadata::getKind)
			.doesNotContainAnyElementsOf(List.of("Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding"));
		Rendered other = Chart.ofExample("serve").render();
		assertThat(other.all(ServiceAccount.class)).isEmpty();
		assertThat(other.pods().get("sync-serve").getSpec().getServiceAccountName()).isEqualTo("batch");
	}

	@Test
	void variableInTheValuesReplacesThatOfTheChart() {
		Rendered rendered = Chart.ofExample("cronjobs")
			.with("env: [{ name: TZ, value: Europe/Berlin }, { name: DELTASYNC_DATABASE_URL, value: 'jdbc:mysql://x/y' }]")
			.render();

		assertThat(rendered.pods().keySet()).allSatisfy((pod) -> {
			assertThat(rendered.container(pod).getEnv()).extracting("name").doesNotHaveDuplicates();
			assertThat(rendered.env(pod)).containsEntry("TZ", "Europe/Berlin")
				.containsEntry("DELTASYNC_DATABASE_URL", "jdbc:mysql://x/y");
		});
	}

	@Test
	void trustStoreForDatabasesComesFromASecret() {
		Rendered rendered = Chart.ofExample("cronjobs").with("trustStore: { existingSecret: company-ca }").render();

		assertThat(rendered.pods().keySet()).allSatisfy((pod) -> {
			assertThat(rendered.env(pod).get("JDK_JAVA_OPTIONS"))
				.contains("-Djavax.net.ssl.trustStore=/etc/deltasync-tls/truststore.p12");
			assertThat(rendered.container(pod).getVolumeMounts()).extracting("mountPath")
				.contains("/etc/deltasync-tls");
		});
	}

	@Test
	void securityContextsAreMergedWithTheSecureDefaults() {
		Rendered rendered = Chart.ofExample("cronjobs").with("""
				podSecurityContext: { fsGroup: null, runAsGroup: 5000, supplementalGroups: [7] }
				securityContext: { runAsUser: 4000, readOnlyRootFilesystem: false }
				""").render();

		assertThat(rendered.pods()).allSatisfy((name, pod) -> {
			PodSecurityContext context = pod.getSpec().getSecurityContext();
			assertThat(context.getFsGroup()).isNull();
			assertThat(context.getRunAsGroup()).isEqualTo(5000);
			assertThat(context.getSupplementalGroups()).containsExactly(7L);
			assertThat(context.getRunAsNonRoot()).isTrue();
			SecurityContext container = rendered.container(name).getSecurityContext();
			assertThat(container.getRunAsUser()).isEqualTo(4000);
			assertThat(container.getReadOnlyRootFilesystem()).isFalse();
			assertThat(container.getAllowPrivilegeEscalation()).isFalse();
			assertThat(container.getCapabilities().getDrop()).containsExactly("ALL");
		});
	}

	@Test
	void serviceAccountTokenIsMountedOnlyOnRequest() {
		Rendered rendered = Chart.ofExample("cronjobs").with("serviceAccount: { automount: true }").render();

		assertThat(rendered.pods())
			.allSatisfy((name, pod) -> assertThat(pod.getSpec().getAutomountServiceAccountToken())
				.isEqualTo(!name.endsWith("-migrate")));
		assertThat(rendered.get(ServiceAccount.class, "ds-deltasync").getAutomountServiceAccountToken()).isTrue();
	}

	@Test
	void helmTestValidatesAllLinksWithTheirSecrets() {
		Rendered rendered = Chart.ofExample("cronjobs").render();
		Pod test = rendered.get(Pod.class, "ds-deltasync-test");

		assertThat(test.getMetadata().getAnnotations()).containsEntry(Chart.HOOK, "test");
		assertThat(test.getSpec().getRestartPolicy()).isEqualTo("Never");
		assertThat(rendered.container("ds-deltasync-test").getArgs()).containsExactly("validate");
		assertThat(rendered.env("ds-deltasync-test")).containsEntry("CONNECTION_CRM_PASSWORD", "secret:crm/password")
			.containsEntry("CONNECTION_WAREHOUSE_PASSWORD", "secret:warehouse/pass");
	}

	@Test
	void testCanBeSwitchedOffAndIsAbsentWithAnEmbeddedDatabase() {
		assertThat(Chart.ofExample("cronjobs").with("tests: { enabled: false }").render().all(Pod.class)).isEmpty();
		assertThat(Chart.ofExample("h2").render().all(Pod.class)).isEmpty();
	}

	private static String image(String example, String values) {
		return Chart.ofExample(example).with(values).render().container("ds-deltasync-serve").getImage();
	}

}

package io.deltasync.autoconfigure;

import java.util.List;

import io.deltasync.config.ConfigurationException;
import io.deltasync.config.ConfigurationProblem;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportSelector;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.util.ClassUtils;

/**
 * Configures lanes in workers if {@code deltasync.workers} is {@code remote}. Nothing of
 * JMS is loaded otherwise, nor looked for.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = WorkersConfiguration.WORKERS, havingValue = "remote")
@Import(WorkersConfiguration.Libraries.class)
class WorkersConfiguration {

	static final String WORKERS = "deltasync.workers";

	/**
	 * Imports {@link RemoteConfiguration}, or refuses the start if what it needs is not
	 * on the class path: lanes must not stay in this process unnoticed.
	 */
	static class Libraries implements ImportSelector {

		private static final List<String> NEEDED = List.of(
				"org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory",
				"org.springframework.jms.core.JmsTemplate",
				"org.springframework.batch.integration.partition.MessageChannelPartitionHandler");

		@Override
		public String[] selectImports(AnnotationMetadata metadata) {
			List<String> missing = NEEDED.stream().filter((name) -> !ClassUtils.isPresent(name, null)).toList();
			if (!missing.isEmpty()) {
				throw new ConfigurationException(List.of(new ConfigurationProblem(WORKERS, null,
						"is remote, but the class path has no %s; add artemis-jakarta-client, spring-jms and spring-batch-integration to the application"
							.formatted(String.join(", ", missing)),
						null)));
			}
			return new String[] { RemoteConfiguration.class.getName() };
		}

	}

}

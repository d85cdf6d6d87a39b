package io.deltasync.autoconfigure;

import java.util.List;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportSelector;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.util.ClassUtils;

/**
 * Configures lanes in workers if {@code deltasync.workers} is {@code remote}. Otherwise,
 * no class of JMS is loaded: a condition on classes alone would load them.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "deltasync.workers", havingValue = "remote")
@Import(WorkersConfiguration.Libraries.class)
class WorkersConfiguration {

	/**
	 * Imports {@link RemoteConfiguration} if the libraries that it needs are on the class
	 * path. Without them, {@link DeltaSyncAutoConfiguration} refuses the start.
	 */
	static class Libraries implements ImportSelector {

		private static final List<String> NEEDED = List.of(
				"org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory",
				"org.springframework.jms.core.JmsTemplate",
				"org.springframework.batch.integration.partition.MessageChannelPartitionHandler");

		@Override
		public String[] selectImports(AnnotationMetadata metadata) {
			return NEEDED.stream().allMatch((name) -> ClassUtils.isPresent(name, null))
					? new String[] { RemoteConfiguration.class.getName() } : new String[0];
		}

	}

}

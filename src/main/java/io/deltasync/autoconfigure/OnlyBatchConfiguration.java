package io.deltasync.autoconfigure;

import io.deltasync.config.LaunchException;
import org.springframework.batch.core.configuration.annotation.EnableBatchProcessing;
import org.springframework.batch.core.configuration.support.DefaultBatchConfiguration;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Refuses an application that configures Spring Batch in code. There can be only one
 * JobRepository and one JobOperator, and those for Links have special rules.
 */
class OnlyBatchConfiguration implements ConfigurationCondition {

	@Override
	public ConfigurationPhase getConfigurationPhase() {
		return ConfigurationPhase.REGISTER_BEAN;
	}

	@Override
	public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConfigurableListableBeanFactory beans = context.getBeanFactory();
		if (beans != null) {
			refuse(beans.getBeanNamesForType(DefaultBatchConfiguration.class, true, false),
					"is a DefaultBatchConfiguration");
			refuse(beans.getBeanNamesForAnnotation(EnableBatchProcessing.class), "has @EnableBatchProcessing");
		}
		return true;
	}

	private static void refuse(String[] beans, String what) {
		if (beans.length > 0) {
			throw LaunchException.ofConfiguration(
					"The bean '%s' %s, but DeltaSync sets up Spring Batch's JobRepository and JobOperator itself"
						.formatted(beans[0], what),
					"Leave it to DeltaSync, which honours spring.batch.jdbc.*, @BatchDataSource, @BatchTransactionManager "
							+ "and @BatchTaskExecutor; or switch DeltaSync off with deltasync.enabled=false.",
					null);
		}
	}

}

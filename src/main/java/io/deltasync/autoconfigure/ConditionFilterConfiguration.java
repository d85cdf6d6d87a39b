package io.deltasync.autoconfigure;

import io.deltasync.expression.ConditionFilter;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;

/**
 * The built-in filter {@code condition}.
 */
@Configuration(proxyBeanMethods = false)
class ConditionFilterConfiguration {

	@Bean
	@Scope(BeanDefinition.SCOPE_PROTOTYPE)
	ConditionFilter deltasyncCondition() {
		return new ConditionFilter();
	}

}

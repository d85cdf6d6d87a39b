package io.deltasync.autoconfigure;

import dev.cel.compiler.CelCompiler;
import io.deltasync.expression.ConditionFilter;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;

/**
 * The built-in filter {@code condition}, if the application has CEL.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(CelCompiler.class)
class ConditionFilterConfiguration {

	@Bean
	@Scope(BeanDefinition.SCOPE_PROTOTYPE)
	ConditionFilter deltasyncCondition() {
		return new ConditionFilter();
	}

}

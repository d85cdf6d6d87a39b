package io.deltasync.autoconfigure;

import io.deltasync.push.PushSource;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;

/**
 * The built-in source adapter {@code push}.
 */
@Configuration(proxyBeanMethods = false)
class PushAdapterConfiguration {

	@Bean
	@Scope(BeanDefinition.SCOPE_PROTOTYPE)
	PushSource deltasyncPushSource() {
		return new PushSource();
	}

}

package io.deltasync.console.api;

import io.deltasync.event.view.Json;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * How the REST API reads and writes JSON: writes it as the command line does, and reads
 * only what it knows.
 */
@Configuration(proxyBeanMethods = false)
class ApiConfiguration {

	private static final JsonMapper STRICT = Json.mapper()
		.rebuild()
		.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
		.disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
		.build();

	@Bean
	WebMvcConfigurer deltasyncApi(KnownParameters parameters) {
		return new WebMvcConfigurer() {
			@Override
			public void configureMessageConverters(HttpMessageConverters.ServerBuilder builder) {
				builder.withJsonConverter(new JacksonJsonHttpMessageConverter(STRICT));
			}

			@Override
			public void addInterceptors(InterceptorRegistry registry) {
				registry.addInterceptor(parameters).addPathPatterns("/api/**");
			}
		};
	}

}

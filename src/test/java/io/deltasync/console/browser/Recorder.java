package io.deltasync.console.browser;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Notes which handlers of an application are used. Without an annotation, other
 * applications do not find it.
 */
class Recorder implements WebMvcConfigurer, HandlerInterceptor {

	/** For example {@code GET /links/{name}}. */
	static final Set<String> used = Collections.synchronizedSet(new TreeSet<>());

	@Override
	public void addInterceptors(InterceptorRegistry registry) {
		registry.addInterceptor(this);
	}

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		used.add(request.getMethod() + " " + request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
		return true;
	}

}

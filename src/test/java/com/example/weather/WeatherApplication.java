package com.example.weather;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Somebody's application that has DeltaSync as a library, with an adapter of its own.
 */
@SpringBootApplication
public class WeatherApplication {

	public static void main(String[] args) {
		System.exit(SpringApplication.exit(SpringApplication.run(WeatherApplication.class, args)));
	}

}

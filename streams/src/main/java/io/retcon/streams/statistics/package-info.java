/** How sure a paired difference is: arrays in, numbers out; knows neither Avro nor Kafka. */
package io.retcon.streams.statistics;

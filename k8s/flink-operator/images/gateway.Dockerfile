# Copyright the Tocsin authors
# SPDX-License-Identifier: Apache-2.0
#
# The gateway, and the commands that speak to one. At the root of the checkout, after mvn package:
#   docker build -f k8s/flink-operator/images/gateway.Dockerfile -t tocsin/gateway:0.1.0 .
# Its fontconfig, with a font, is needed for the pictures in chat messages.
FROM eclipse-temurin:17.0.17_10-jre-noble
COPY jobs/target/tocsin-jobs-gateway/lib/ /opt/tocsin/lib/
USER 10001:10001
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError", "-cp", "/opt/tocsin/lib/*"]
CMD ["io.tocsin.connectors.gateway.GatewayMain", "--config", "/etc/tocsin/gateway.yaml"]

# Copyright the Tocsin authors
# SPDX-License-Identifier: Apache-2.0
#
# The three jobs, on Flink's own image. At the root of the checkout, after mvn package:
#   docker build -f k8s/flink-operator/images/jobs.Dockerfile -t tocsin/jobs:0.1.0 .
FROM flink:2.2.1-scala_2.12-java17
# Checkpoints go to S3 by a plugin that Flink brings, but not where it looks for plugins.
RUN mkdir /opt/flink/plugins/s3-fs-presto \
  && ln -s /opt/flink/opt/flink-s3-fs-presto-2.2.1.jar /opt/flink/plugins/s3-fs-presto/ \
  && mkdir /var/lib/tocsin && chown 9999:9999 /var/lib/tocsin
COPY jobs/target/tocsin-jobs-flink.jar /opt/flink/usrlib/tocsin-jobs.jar
USER 9999:9999

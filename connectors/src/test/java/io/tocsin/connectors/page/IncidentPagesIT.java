// Copyright the Tocsin authors
// SPDX-License-Identifier: Apache-2.0
package io.tocsin.connectors.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tocsin.models.incidents.Incident.Transition;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

/** The page in a real Chromium; left out where none is installed. */
class IncidentPagesIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static Browser browser;
  private static ChromeDriver driver;

  @BeforeAll
  static void start() {
    browser = Browser.start();
    driver = browser.driver();
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  private static WebElement find(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  private static boolean fitsTheWidth() {
    return (Boolean)
        driver.executeScript(
            "return document.documentElement.scrollWidth <= document.documentElement.clientWidth");
  }

  @Test
  void aReaderGoesFromTheListToTheCauseAndToThePatterns() throws Exception {
    Knowledge knowledge = Shown.shop();
    try (PageServer server = new PageServer(knowledge)) {
      browser.resize(1280, 900);
      driver.get(server.url("/"));
      assertThat(driver.findElements(By.cssSelector(".incident"))).hasSize(2);
      browser.shoot("list");

      find(".incident.lasts a").click();
      assertThat(driver.getCurrentUrl()).endsWith("/incidents/" + Shown.ID);
      assertThat(find("h1").getText()).contains("payments");
      assertThat(driver.findElements(By.cssSelector(".chart canvas"))).hasSize(2);
      browser.shoot("incident");

      List<WebElement> suspects = driver.findElements(By.cssSelector(".suspects > li > details"));
      suspects.get(1).findElement(By.tagName("summary")).click();
      assertThat(suspects.get(1).getText()).contains("queue_length");

      find("nav a[href='/patterns']").click();
      find("#q").sendKeys("bank 4", Keys.ENTER);
      await().atMost(PATIENCE).until(() -> driver.getCurrentUrl().contains("q=bank"));
      assertThat(driver.findElements(By.cssSelector(".patterns > li"))).hasSize(1);
      browser.shoot("patterns");
    }
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void aReaderGoesFromAPartToTheIncidentThatItWasOfAndBack() throws Exception {
    Knowledge knowledge = Shown.shop();
    String part = "00000000000000bb";
    knowledge.stories().take(Shown.judged(Shown.incident(part, Transition.UPDATED, 2), Shown.ID));
    try (PageServer server = new PageServer(knowledge)) {
      browser.resize(1280, 900);
      driver.get(server.url("/incidents/" + part));
      browser.shoot("part");
      find("header .note a").click();
      assertThat(driver.getCurrentUrl()).endsWith("/incidents/" + Shown.ID);
      find("header .note a").click();
      assertThat(driver.getCurrentUrl()).endsWith("/incidents/" + part);
    }
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void theListFollowsWhatHappens() throws Exception {
    Knowledge knowledge = Shown.shop();
    try (PageServer server = new PageServer(knowledge)) {
      driver.get(server.url("/incidents"));
      knowledge.stories().take(Shown.incident(Shown.ID, Transition.RESOLVED, 3));

      await().atMost(PATIENCE).until(() -> driver.findElements(By.cssSelector(".lasts")).isEmpty());
      assertThat(find("main").getText()).contains("Nothing is wrong.");
    }
  }

  @Test
  void itIsReadOnAPhoneInTheDarkByKeyboard() throws Exception {
    try (PageServer server = new PageServer(Shown.shop())) {
      browser.resize(375, 812);
      browser.prefer("dark");
      driver.get(server.url("/incidents"));
      assertThat(fitsTheWidth()).isTrue();
      browser.shoot("phone-list");

      WebElement link = find(".incident.lasts a");
      for (int tabs = 0; tabs < 10 && !link.equals(driver.switchTo().activeElement()); tabs++) {
        driver.switchTo().activeElement().sendKeys(Keys.TAB);
      }
      driver.switchTo().activeElement().sendKeys(Keys.ENTER);
      await().atMost(PATIENCE).until(() -> driver.getCurrentUrl().endsWith(Shown.ID));
      assertThat(fitsTheWidth()).isTrue();
      browser.shoot("phone-incident");
      driver.executeScript("document.querySelector('#suspects').scrollIntoView()");
      browser.shoot("phone-suspects");
    } finally {
      browser.prefer("light");
    }
    assertThat(browser.complaints()).isEmpty();
  }
}

// Quizzes in the text: every kind answered right and wrong, by mouse, touch and keyboard, and still there after a reload.
import assert from "node:assert/strict";
import { test } from "node:test";
import { axe, mounted, phone, setting } from "./harness.mjs";

const quiz = `
[[questions]]
id = "one"
type = "MultipleChoice"
prompt.prompt = "Which of these is **smallest**?"
prompt.distractors = ["float32", "float16"]
answer.answer = "int4"
context = "Four bits are half a byte."
hints = ["Count the bits.", "The name says it."]

[[questions]]
id = "several"
type = "MultipleChoice"
prompt.prompt = "Which move bytes?"
prompt.distractors = ["an addition in a register"]
answer.answer = ["a load", "a store"]

[[questions]]
id = "word"
type = "ShortAnswer"
prompt.prompt = "What is the plural of axis?"
answer.answer = "axes"

[[questions]]
id = "number"
type = "Numeric"
prompt.prompt = "How many bytes do 2,048 weights of 4 bits take?"
answer = { value = 1.024, tolerance = 0.001, unit = "kB" }

[[questions]]
id = "order"
type = "Ordering"
prompt.prompt = "From small to large:"
answer.answer = ["byte", "kilobyte", "megabyte"]

[[questions]]
id = "truth"
type = "TrueFalse"
prompt.prompt = "A byte has eight bits."
answer.answer = true

[[questions]]
id = "trace"
type = "Tracing"
prompt.program = "print(1 + 1)"
answer = { doesCompile = true, stdout = "2" }
`;

const book = setting({
  "book.toml": '[book]\ntitle = "Quizzes"\n',
  "src/SUMMARY.md": "- [A](a.md)\n- [B](b.md)\n",
  "src/a.md": "# A\n\nText before.\n\n{{#quiz ../quizzes/q.toml}}\n\nText after.\n",
  "src/b.md": "# B\n\nNothing to ask.\n",
  "quizzes/q.toml": quiz,
});

const question = (page, index) => page.locator(`form.question[data-index="${index}"]`);
const verdict = (page, index) => question(page, index).locator(".verdict");

async function opened(options) {
  const found = await book.open("a.html", options);
  await mounted(found.page);
  await found.page.locator("details.quiz > summary").click();
  await question(found.page, 0).waitFor();
  return found;
}

async function check(page, index) {
  await question(page, index).getByRole("button", { name: "Check" }).click();
  await verdict(page, index).waitFor();
  return verdict(page, index).textContent();
}

test("with scripts off the questions can be read and their answers are folded away", async () => {
  const { page, context } = await book.open("a.html", { javaScriptEnabled: false });
  await page.locator("details.quiz > summary").click();
  const first = page.locator(".quiz-question").first();
  assert.match(await first.innerText(), /Which of these is smallest\?/);
  assert.equal(await first.getByText("Four bits are half a byte.").isVisible(), false);
  await context.close();
});

test("a quiz is one line until it is opened, and nothing moves when the app takes it over", async () => {
  const { page, context, problems } = await book.open("a.html");
  const top = () => page.getByText("Text after.").evaluate((element) => element.getBoundingClientRect().top);
  const before = await top();
  await mounted(page);
  await page.locator("form.question").first().waitFor({ state: "attached" });
  assert.ok(Math.abs((await top()) - before) < 1);
  assert.deepEqual(problems, []);
  await context.close();
});

for (const [name, options] of [["a mouse", {}], ["a finger on a small screen", phone(360)]]) {
  test(`every kind of question is marked wrong and then right, by ${name}`, async () => {
    const { page, context, problems } = await opened(options);
    const choose = (index, text) => question(page, index).locator("label", { hasText: text }).click();
    const write = (index, text) => question(page, index).locator(".text").fill(text);

    await choose(0, "float32");
    assert.equal(await check(page, 0), "Not right.");
    await choose(0, "int4");
    assert.equal(await check(page, 0), "Right.");
    assert.ok(await question(page, 0).getByText("Four bits are half a byte.").isVisible());

    await choose(1, "a load");
    assert.equal(await check(page, 1), "Partly right.");
    await choose(1, "a store");
    assert.equal(await check(page, 1), "Right.");

    await write(2, "axises");
    assert.equal(await check(page, 2), "Not right.");
    await write(2, "axes");
    assert.equal(await check(page, 2), "Right.");

    await write(3, "1.2 kB");
    assert.equal(await check(page, 3), "Not right.");
    await write(3, "1024 B");
    assert.equal(await check(page, 3), "Right.");

    assert.notEqual(await check(page, 4), "Right.");
    for (const [place, unit] of ["byte", "kilobyte", "megabyte"].entries()) {
      const row = question(page, 4).locator(".options > li", { hasText: new RegExp(`^\\s*${unit}`) });
      for (let at = await row.evaluate((row) => [...row.parentElement.children].indexOf(row)); at > place; at--) {
        await row.getByRole("button", { name: "Move up" }).click();
      }
    }
    assert.equal(await check(page, 4), "Right.");

    await choose(5, "False");
    assert.equal(await check(page, 5), "Not right.");
    await choose(5, "True");
    assert.equal(await check(page, 5), "Right.");

    await choose(6, "It compiles");
    await write(6, "3");
    assert.notEqual(await check(page, 6), "Right.");
    await write(6, "2");
    assert.equal(await check(page, 6), "Right.");
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    assert.deepEqual(problems, []);
    await context.close();
  });
}

test("the number keys choose and Enter checks; hints come one after the other", async () => {
  const { page, context } = await opened();
  const first = question(page, 0);
  await first.locator("input").first().focus();
  await page.keyboard.press("2");
  assert.equal(await first.locator("li").nth(1).locator("input").isChecked(), true);
  await page.keyboard.press("Enter");
  await verdict(page, 0).waitFor();
  const more = first.getByRole("button", { name: "Hint" });
  await more.click();
  await first.getByText("Count the bits.").waitFor();
  await more.click();
  await first.getByText("The name says it.").waitFor();
  assert.equal(await more.isDisabled(), true);
  await context.close();
});

test("answers and the order of options are there again after a reload, and after another chapter", async () => {
  const { page, context } = await opened();
  const order = () => question(page, 0).locator(".options label").allInnerTexts();
  const before = await order();
  await question(page, 0).locator("label", { hasText: "int4" }).click();
  await check(page, 0);
  await page.reload();
  await question(page, 0).waitFor({ state: "attached" });
  assert.deepEqual(await order().then((texts) => texts.length), before.length);
  await verdict(page, 0).waitFor({ state: "attached" });
  assert.equal(await question(page, 0).locator("input:checked").evaluate((input) => input.closest("label").textContent), "int4");
  await page.locator("#pager .next").click();
  await page.waitForURL(/b\.html/);
  await page.goBack();
  await verdict(page, 0).waitFor({ state: "attached" });
  await page.locator("details.quiz > summary").click();
  assert.deepEqual(await order(), before);
  await context.close();
});

test("a page whose text another program has rewritten is still marked", async () => {
  const { page, context, problems } = await opened();
  // What the translation in a browser does: every text node becomes an element with another text in it.
  await page.evaluate(() => {
    const walker = document.createTreeWalker(document.querySelector("lectern-quiz"), NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) nodes.push(walker.currentNode);
    for (const node of nodes.filter(({ data }) => data.trim())) {
      const font = document.createElement("font");
      font.textContent = `«${node.data}»`;
      node.replaceWith(font);
    }
  });
  await question(page, 0).locator("label", { hasText: "int4" }).click();
  await question(page, 0).locator("button[type=submit]").click();
  await verdict(page, 0).waitFor();
  assert.equal(await question(page, 0).getAttribute("data-state"), "right");
  assert.deepEqual(problems, []);
  await context.close();
});

test("axe finds nothing on an open quiz with answers, light and dark", async () => {
  for (const colorScheme of ["light", "dark"]) {
    const { page, context } = await opened({ colorScheme });
    await question(page, 0).locator("label", { hasText: "float16" }).click();
    await check(page, 0);
    await check(page, 3);
    assert.deepEqual(await axe(page), []);
    await context.close();
  }
});
